from accounts.actions.people import remove_second_step
from accounts.management.people import PersonCommand
from accounts.models import Person


class Command(PersonCommand):
    help = "Removes somebody's lost passkeys, authenticator app and recovery codes."

    def about(self, person: Person) -> str:
        removed = remove_second_step(person=person)
        if not removed:
            return f"{person.name} has none."
        return f"{person.name} is signed out everywhere, and signs in with a code alone next time."
