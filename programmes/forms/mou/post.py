from django import forms

from accounts.forms.actions import ActionForm


class LeftPostForm(ActionForm):
    left_post_on = forms.DateField(
        label="Left the post on",
        required=False,
        help_text="Leave this empty if they still hold it",
    )
    says_optional = False
