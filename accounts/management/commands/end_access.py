from accounts.actions.people import end_access
from accounts.management.people import PersonCommand
from accounts.models import Person


class Command(PersonCommand):
    help = "Ends somebody's access and takes all their roles. What they did stays, with their name."

    def about(self, person: Person) -> str:
        end_access(person=person)
        return f"{person.name} is signed out everywhere and cannot sign in any more."
