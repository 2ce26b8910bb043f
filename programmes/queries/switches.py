from programmes.models import Call, CallPhase


def switches_of(call: Call) -> CallPhase:
    """What the panel may see and do in the phase in which the call stands."""
    return CallPhase.objects.get(call=call.pk, phase=call.phase)
