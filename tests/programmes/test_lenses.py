"""Lenses as rows: shipped, drafted, published, and never changed again."""

import shutil

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, transaction

from accounts.models import AuditEvent
from programmes.actions.dimensions import (
    add_dimension,
    change_dimension,
    move_dimension,
    remove_dimension,
)
from programmes.actions.lenses import (
    change_draft,
    create_lens,
    discard_draft,
    draft_next_version,
    publish_version,
    rename_lens,
)
from programmes.actions.shipping import FOLDER, ship_lenses, shipped_lenses
from programmes.models import Dimension, Lens, LensVersion
from programmes.queries.lenses import lenses_with_last_version, tree
from tests import builders

pytestmark = pytest.mark.django_db


def names(version):
    return [
        (each.dimension.name, [part.name for part in each.part_rows()]) for each in tree(version)
    ]


class TestShipping:
    def test_every_lens_is_there_and_published(self):
        assert len(ship_lenses()) == 10
        assert Lens.objects.filter(is_shipped=True).count() == 10
        assert not LensVersion.objects.filter(published_at__isnull=True).exists()

    def test_the_frame_has_its_five_dimensions_with_their_parts(self):
        ship_lenses()
        version = LensVersion.objects.get(lens__slug="crosby-bryson")
        assert [(each.dimension.name, len(each.parts)) for each in tree(version)] == [
            ("Initial conditions", 3),
            ("Processes and practices", 6),
            ("Structure and governance", 3),
            ("Contingencies and constraints", 3),
            ("Outcomes and accountabilities", 6),
        ]

    def test_every_dimension_has_a_key_of_its_lens_and_a_meaning(self):
        for lens in shipped_lenses():
            assert lens.source
            assert lens.purpose
            for dimension in lens.dimensions:
                assert dimension.key.startswith(f"{lens.slug}-"), dimension.key
                assert dimension.meaning.endswith("."), dimension.key

    def test_keys_are_given_once(self):
        keys = [dimension.key for lens in shipped_lenses() for dimension in lens.dimensions]
        assert len(keys) == len(set(keys))

    def test_shipping_again_changes_nothing(self, capsys):
        call_command("ship_lenses")
        before = list(Dimension.objects.values_list("pk", flat=True))
        call_command("ship_lenses")
        assert "up to date" in capsys.readouterr().out
        assert list(Dimension.objects.values_list("pk", flat=True)) == before

    @pytest.fixture
    def folder(self, tmp_path):
        shutil.copy(FOLDER / "problem_framing.toml", tmp_path)
        ship_lenses(tmp_path)
        return tmp_path

    def reword(self, folder):
        file = folder / "problem_framing.toml"
        file.write_text(file.read_text().replace('name = "Tame"', 'name = "Tame or known"'))

    def test_a_changed_file_makes_a_new_version(self, folder):
        self.reword(folder)
        (second,) = ship_lenses(folder)
        assert second.number == 2
        keys = Dimension.objects.filter(key="problem-framing-tame").order_by("version__number")
        assert [each.name for each in keys] == ["Tame", "Tame or known"]
        assert ship_lenses(folder) == []

    def test_a_version_of_staff_stays_and_is_not_taken_for_ours(self, folder):
        ann = builders.person()
        draft = draft_next_version(lens=Lens.objects.get(), by=ann)
        change_dimension(dimension=draft.dimensions.first(), by=ann, name="Our word")
        publish_version(version=draft, by=ann)
        assert ship_lenses(folder) == []
        self.reword(folder)
        (third,) = ship_lenses(folder)
        assert third.number == 3
        assert Dimension.objects.get(version=draft, position=1).name == "Our word"

    def test_a_draft_that_a_shipped_version_overtook_is_numbered_after_it(self, folder):
        ann = builders.person()
        draft = draft_next_version(lens=Lens.objects.get(), by=ann)
        self.reword(folder)
        ship_lenses(folder)
        assert publish_version(version=draft, by=ann).number == 4

    def test_a_lens_of_staff_with_the_same_address_is_left_alone(self, tmp_path):
        shutil.copy(FOLDER / "problem_framing.toml", tmp_path)
        create_lens(by=builders.person(), name="Problem framing", purpose="Ours", source="")
        assert ship_lenses(tmp_path) == []


class TestPublishedNeverChanges:
    @pytest.fixture
    def version(self):
        return builders.lens_version("Beginnings", "Ends")

    @pytest.mark.parametrize(
        "write",
        [
            lambda version: LensVersion.objects.filter(pk=version.pk).update(purpose="Other"),
            lambda version: Dimension.objects.filter(version=version).update(name="Other"),
            lambda version: Dimension.objects.filter(version=version).delete(),
            lambda version: Dimension.objects.create(
                version=version, key="new", name="New", position=9
            ),
            lambda version: version.delete(),
        ],
    )
    def test_the_database_refuses(self, version, write):
        with pytest.raises(DatabaseError), transaction.atomic():
            write(version)

    def test_a_dimension_cannot_be_moved_into_it(self, version):
        draft = draft_next_version(lens=version.lens, by=builders.person())
        with pytest.raises(DatabaseError), transaction.atomic():
            draft.dimensions.filter(position=1).update(version=version, key="other", position=9)

    def test_the_actions_say_so(self, version):
        with pytest.raises(ValidationError, match="published or discarded"):
            change_draft(version=version, by=builders.person(), purpose="Other")


class TestDrafts:
    @pytest.fixture
    def ann(self):
        return builders.person("Ann")

    @pytest.fixture
    def lens(self):
        return builders.lens_version("Beginnings", "Ends").lens

    @pytest.fixture
    def draft(self, lens, ann):
        return draft_next_version(lens=lens, by=ann)

    def add(self, draft, name, parent=None):
        return add_dimension(
            version=draft, by=builders.person(), name=name, meaning="", parent=parent
        )

    def test_a_draft_is_a_copy_with_the_same_keys(self, lens, draft):
        first = lens.versions.get(number=1)
        assert draft.number == 2
        assert names(draft) == names(first)
        assert {d.key for d in draft.dimensions.all()} == {d.key for d in first.dimensions.all()}

    def test_there_is_one_draft_at_a_time(self, lens, draft, ann):
        assert draft_next_version(lens=lens, by=ann) == draft

    def test_parts_are_copied_with_their_parents(self, draft, ann):
        self.add(draft, "Part", draft.dimensions.first())
        published = publish_version(version=draft, by=ann)
        assert names(draft_next_version(lens=draft.lens, by=ann)) == names(published)

    def test_publishing_says_who_and_when(self, draft, ann):
        change_draft(version=draft, by=ann, purpose="Better", source="Us")
        published = publish_version(version=draft, by=ann)
        assert (published.published_by, published.published_by_name) == (ann, "Ann")
        assert published.purpose == "Better"
        assert AuditEvent.objects.first().kind == "lens.published"

    def test_a_version_without_dimensions_is_not_published(self, ann):
        lens = create_lens(by=ann, name="Ours", purpose="To see", source="")
        with pytest.raises(ValidationError, match="at least one dimension"):
            publish_version(version=lens.versions.get(), by=ann)

    def test_a_discarded_draft_leaves_the_rest(self, lens, draft, ann):
        self.add(draft, "Part", draft.dimensions.first())
        discard_draft(version=draft, by=ann)
        assert [version.number for version in lens.versions.all()] == [1]

    def test_a_lens_that_was_never_published_goes_with_its_draft(self, ann):
        lens = create_lens(by=ann, name="Ours", purpose="To see", source="")
        discard_draft(version=lens.versions.get(), by=ann)
        assert not Lens.objects.exists()

    def test_names_are_taken_once(self, lens, ann):
        other = create_lens(by=ann, name="Ours", purpose="", source="")
        with pytest.raises(ValidationError, match="another lens"):
            rename_lens(lens=other, by=ann, name=lens.name)
        assert rename_lens(lens=other, by=ann, name="Yours").slug == "ours"

    def test_a_new_dimension_comes_last_among_its_neighbours(self, draft):
        self.add(draft, "Part", draft.dimensions.first())
        self.add(draft, "After")
        assert names(draft) == [("Beginnings", ["Part"]), ("Ends", []), ("After", [])]
        assert [each.position for each in draft.dimensions.all()] == [1, 2, 3, 4]

    def test_keys_come_from_the_lens_and_the_name_and_stay(self, draft, ann):
        first, second = self.add(draft, "New one"), self.add(draft, "New One!")
        assert first.key == f"{draft.lens.slug}-new-one"
        assert second.key == f"{first.key}-2"
        assert change_dimension(dimension=first, by=ann, name="Renamed").key == first.key

    def test_a_part_has_no_parts(self, draft, ann):
        part = self.add(draft, "Part", draft.dimensions.first())
        with pytest.raises(ValidationError, match="not itself a part"):
            self.add(draft, "Deeper", part)

    def test_a_dimension_moves_with_its_parts(self, draft, ann):
        beginnings, ends = draft.dimensions.all()
        self.add(draft, "Part", beginnings)
        move_dimension(dimension=ends, by=ann, up=True)
        assert names(draft) == [("Ends", []), ("Beginnings", ["Part"])]
        move_dimension(dimension=ends, by=ann, up=True)
        assert names(draft)[0] == ("Ends", [])
        move_dimension(dimension=ends, by=ann, up=False)
        assert names(draft)[0] == ("Beginnings", ["Part"])

    def test_parts_move_among_themselves(self, draft, ann):
        parent = draft.dimensions.first()
        self.add(draft, "A", parent)
        second = self.add(draft, "B", parent)
        move_dimension(dimension=second, by=ann, up=True)
        assert names(draft)[0] == ("Beginnings", ["B", "A"])

    def test_a_dimension_goes_with_its_parts(self, draft, ann):
        parent = draft.dimensions.first()
        self.add(draft, "Part", parent)
        remove_dimension(dimension=parent, by=ann)
        assert names(draft) == [("Ends", [])]
        assert [each.position for each in draft.dimensions.all()] == [1]


def test_the_list_shows_the_last_published_version():
    ann = builders.person()
    lens = builders.lens_version().lens
    publish_version(version=draft_next_version(lens=lens, by=ann), by=ann)
    draft_next_version(lens=lens, by=ann)
    (row,) = lenses_with_last_version().filter(pk=lens.pk)
    assert (row.last_number, row.dimension_count, row.has_draft) == (2, 2, True)
