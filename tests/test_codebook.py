"""The codebook: the lists as shipped, the checker on folders that are wrong, terms in words."""

import re
import shutil
from pathlib import Path

import pytest

from dateline.codebook import FOLDER, LISTS, Codebook, load_codebook
from dateline.codebook_check import find_problems
from dateline.codebook_describe import describe, reference_page
from dateline.codebook_file import BadFileError, open_codebook_file
from dateline.errors import ConfigError

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "reference" / "codebook.md"
HOW_TO = DOCS / "how-to" / "use-your-own-codebook.md"


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def problems(folder: Path, **files: str) -> list[str]:
    """Write files (`actors__x` is actors/x.toml) into a folder and check it."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(find_problems(folder))


def changed(name: str, old: str, new: str) -> str:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def line_of(name: str, words: str) -> int:
    """Give the line of the first occurrence of some words in a built-in file."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


# What is shipped


def test_the_built_in_folder_has_no_problem():
    assert list(find_problems(FOLDER)) == []


def test_the_event_types_are_one_tree_of_at_least_sixty(codebook: Codebook):
    assert len(codebook.event_types) >= 60
    assert {list(codebook.ancestors("event_types", t))[-1] for t in codebook.event_types} == {
        "armed_violence"
    }


@pytest.mark.parametrize("name", LISTS)
def test_every_definition_is_a_sentence_or_two(name: str, codebook: Codebook):
    for entry in codebook.lists[name].values():
        assert entry.definition.endswith("."), entry.id
        assert len(entry.definition) > 20, entry.id


@pytest.mark.parametrize(
    ("term", "acled", "plover", "gtd"),
    [
        ("armed_attack", "Attack", "ASSAULT", "9"),
        ("rocket_attack", "Shelling/artillery/missile attack", "ASSAULT/heavy-weapons", "3"),
        (
            "ballistic_missile_attack",
            "Shelling/artillery/missile attack",
            "ASSAULT/heavy-weapons",
            "3",
        ),
        ("air_strike", "Air/drone strike", "ASSAULT/aerial", "3"),
        ("drone_strike", "Air/drone strike", "ASSAULT/drone", "3"),
        ("roadside_bomb", "Remote explosive/landmine/IED", "ASSAULT/explosives", "3"),
        ("suicide_car_bomb", "Suicide bomb", "ASSAULT/suicide-attack", "3"),
        ("grenade_attack", "Grenade", "ASSAULT/explosives", "3"),
        ("ambush", "Armed clash", "ASSAULT/firearms", "2"),
        ("drive_by_shooting", "Attack", "ASSAULT/firearms", "2"),
        ("attempted_assassination", "Attack", "ASSAULT/targeted", "1"),
        ("kidnapping", "Abduction/forced disappearance", "ASSAULT/abduct", "6"),
        ("arson", "Looting/property destruction", "ASSAULT/destroy", "7"),
        ("interception", "Disrupted weapons use", "ASSAULT/heavy-weapons", "3"),
        ("chemical_attack", "Chemical weapon", "ASSAULT/unconventional", "8"),
    ],
)
def test_a_type_maps_to_the_schemes(
    term: str, acled: str, plover: str, gtd: str, codebook: Codebook
):
    schemes = ("acled", "plover", "gtd_attack")
    found = [codebook.crosswalk("event_types", term, scheme) for scheme in schemes]
    assert found == [acled, plover, gtd]


@pytest.mark.parametrize("name", ["event_types", "weapons", "target_types"])
def test_a_plural_beside_its_singular_is_written_out(name: str, codebook: Codebook):
    """The words are matched as they stand, so the last word of a head noun needs both forms."""
    words = {word for entry in codebook.lists[name].values() for word in entry.words}
    heads = ("attack", "strike", "bomb", "rocket", "missile", "base", "convoy", "vehicle")
    phrases = {word for word in words if not {"of", "a", "the", "on"} & set(word.split())}
    singular = {word for word in phrases if word.rpartition(" ")[2] in heads}
    assert {word for word in singular if f"{word}s" not in words} == set()


def test_a_word_that_also_means_something_else_is_weak(codebook: Codebook):
    strong = {word for entry in codebook.event_types.values() for word in entry.words}
    assert strong.isdisjoint({"strike", "strikes", "shot", "blast", "explosion", "raid", "battle"})


def test_weapons_lead_to_types_that_imply_a_weapon_of_the_same_kind(codebook: Codebook):
    for weapon in codebook.lists["weapons"].values():
        made = codebook.event_types[weapon.details["attack_type"]]
        implied = made.details.get("weapon")
        if implied == weapon.parent or implied is None:
            continue
        family = codebook.lists["weapons"][implied].details["family"]
        assert family == weapon.details["family"] or made.id == "grenade_attack", weapon.id


def test_the_reference_page_is_written_from_the_data(codebook: Codebook):
    reason = "run: python -m dateline.codebook_describe > docs/reference/codebook.md"
    assert PAGE.read_text(encoding="utf-8") == reference_page(codebook), reason


# The checker

WEAPON = '[club]\ndefinition = "A club."\ninterchange = "other"\nattack_type = "beating"\n'
ACTOR = """[blue-front]
name = "Blue Front"
names = ["Front bleu"]
acronyms = ["BF"]
kind = "rebel_group"
country = "TD"
active_in = ["TD"]
offices = []
"""
LINK = """[[blue-front.links]]
relation = "part_of"
to = "islamic-state"
since = ""
until = ""
source = "s"
"""


def test_an_empty_folder_is_sound_because_the_built_in_files_stand_in(tmp_path: Path):
    assert problems(tmp_path) == []


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path):
    absent = tmp_path / "absent"
    assert list(find_problems(absent)) == [
        f"{absent}: no such folder; give one that holds codebook files such as weapons.toml"
    ]


def test_a_copy_of_the_built_in_folder_without_its_form_is_sound(tmp_path: Path):
    shutil.copytree(FOLDER, tmp_path / "mine", ignore=shutil.ignore_patterns("format.toml"))
    assert problems(tmp_path / "mine") == []


@pytest.mark.parametrize(
    ("addition", "expected"),
    [
        (
            '[club]\nlabel = "club"\ninterchange = "other"\nattack_type = "beating"\n',
            "1: club: lacks 'definition'",
        ),
        (
            WEAPON + 'word = ["x"]\n',
            "5: club: unknown key 'word'; allowed: label, definition, parent, interchange, family,",
        ),
        (
            WEAPON + 'parent = "knife2"\n',
            "5: club: parent: 'knife2' is no term of this list; allowed: knife,",
        ),
        (
            WEAPON + 'words = "club"\n',
            "5: club: words: must be a list of lower-case texts, not 'club'",
        ),
        (WEAPON + 'words = ["cosh", "cosh"]\n', "5: club: words: 'cosh' stands twice"),
        (
            WEAPON + 'words = [\n  "cosh",\n  "Stave",\n]\n',
            "7: club: words: 'Stave' must be in lower case: 'stave'",
        ),
        (
            WEAPON + 'words = ["rockets"]\n',
            "5: club: words: 'rockets' is a word of rocket too; keep it in one of them",
        ),
        (
            WEAPON + 'not_words = ["club house", "rpgs"]\n',
            "5: club: not_words: 'rpgs' is a word of rpg, which it would hide; keep one of them",
        ),
        (
            WEAPON + 'crosswalk = { gtd_weapon = "99" }\n',
            "5: club: crosswalk: '99' is no code of gtd_weapon; allowed:",
        ),
        (
            WEAPON + 'crosswalk = { gdt = "9" }\n',
            "5: club: crosswalk: 'gdt' is no scheme; allowed: acled, acled_inter",
        ),
        (
            WEAPON.replace('"other"', '"stick"'),
            "3: club: interchange: 'stick' is no weapon; allowed:",
        ),
        (
            WEAPON.replace("beating", "beatin"),
            "4: club: attack_type: 'beatin' is no entry of event_types.toml; allowed: beating,",
        ),
        (
            WEAPON.replace("[club]", '["big club"]'),
            "1: big club: not an id; allowed: a-z, 0-9, _ and -",
        ),
        (
            WEAPON.replace('"A club."', '" "'),
            "2: club: definition: must be a text that is not empty, not ' '",
        ),
    ],
)
def test_a_wrong_weapon_is_told_with_its_line(addition: str, expected: str, tmp_path: Path):
    built_in = (FOLDER / "weapons.toml").read_text(encoding="utf-8")
    before = built_in.count("\n")
    number, _, rest = expected.partition(":")
    found = problems(tmp_path, weapons=built_in + addition)
    assert len(found) == 1
    assert found[0].startswith(f"weapons.toml:{before + int(number)}:{rest}")


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "event_types",
            '[ied_attack]\nlabel = "improvised bomb attack"',
            "[ied_attack]\nlabel = ",
            "{}: not TOML: invalid value",
        ),
        (
            "damage_levels",
            'label = "severe"\n',
            'label = "severe"\nparent = "severe"\n',
            "{}: severe: its parents go round in a circle: severe > severe",
        ),
        (
            "roles",
            'value = "place"',
            'value = "plaice"',
            "{}: place: value: 'plaice' is no kind of value; allowed: text, actor, place, when,",
        ),
        (
            "roles",
            'value = "term:weapons"',
            'value = "term:arms"',
            "{}: weapon: value: 'arms' is no list that a term can come from; allowed: event_types,",
        ),
        (
            "roles",
            'gtd = "nkill"',
            'gtd = "killed"',
            "{}: killed: crosswalk: 'killed' is no column of gtd; allowed:",
        ),
        (
            "relations",
            "symmetric = false",
            'symmetric = "no"',
            "{}: trains: symmetric: must be true or false, not 'no'",
        ),
    ],
)
def test_a_changed_list_is_told_with_its_line(
    name: str, old: str, new: str, expected: str, tmp_path: Path
):
    found = problems(tmp_path, **{name: changed(name, old, new)})
    line = line_of(name, old) + (1 if "\n" in old else 0)
    assert len(found) == 1
    assert found[0].startswith(f"{name}.toml:{expected.format(line)}")


def test_a_type_without_a_code_in_a_scheme_it_needs_is_told(tmp_path: Path):
    text = changed("event_types", 'acled = "Attack", ucdp = "by actors"', 'ucdp = "by actors"')
    found = problems(tmp_path, event_types=text)
    line = line_of("event_types", "[armed_violence]")
    assert found == [
        f"event_types.toml:{line}: armed_violence: no acled code, neither its own nor of a parent"
    ]


def test_a_second_root_is_told(tmp_path: Path):
    text = changed("event_types", '[siege]\nlabel = "siege"', '[siege]\nlabel = "siege"')
    text = text.replace('parent = "armed_violence"\n', "", 1)
    found = problems(tmp_path, event_types=text)
    assert [p.partition(": ")[2] for p in found] == [
        "armed_attack: a second root beside armed_violence; give it a parent"
    ]


def test_a_role_that_the_stages_fill_cannot_be_dropped(tmp_path: Path):
    text = (FOLDER / "roles.toml").read_text(encoding="utf-8").replace("[missing]", "[lost]")
    assert problems(tmp_path, roles=text) == [
        "roles.toml:1: lacks the role 'missing', which reports are coded by"
    ]


def test_what_the_built_in_files_refer_to_cannot_be_dropped(tmp_path: Path):
    found = problems(tmp_path, weapons=WEAPON)
    line = line_of("event_types", 'weapon = "rocket"')
    told = "rocket_attack: weapon: 'rocket' is no entry of weapons.toml; allowed: club"
    assert f"built-in event_types.toml:{line}: {told}" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ACTOR + LINK.replace("islamic-state", "nowhere-army"),
            "11: blue-front: link to: 'nowhere-army' is no actor of the registry; allowed: ",
        ),
        (
            ACTOR + LINK.replace('since = ""', 'since = "2020-13"'),
            "12: blue-front: link since: '2020-13' is no date; allowed: YYYY, YYYY-MM, YYYY-MM-DD,",
        ),
        (
            ACTOR + LINK.replace('since = ""', 'since = "2020"').replace('l = ""', 'l = "2019-05"'),
            "13: blue-front: link ends (2019-05) before it begins (2020)",
        ),
        (
            ACTOR + LINK.replace("part_of", "cousin_of"),
            "10: blue-front: link relation: 'cousin_of' is no entry of relations.toml; allowed: ",
        ),
        (ACTOR + LINK.replace('source = "s"\n', ""), "9: blue-front: link lacks 'source'"),
        (
            ACTOR + LINK.replace("source", "proof"),
            "14: blue-front: link unknown key 'proof'; allowed: relation, to, since, until, source",
        ),
        (
            ACTOR.replace("rebel_group", "rebels"),
            "5: blue-front: kind: 'rebels' is no actor kind; allowed: ",
        ),
        (
            ACTOR.replace('country = "TD"', 'country = "XX"'),
            "6: blue-front: country: 'XX' is no country of countries.toml; allowed: ",
        ),
        (
            ACTOR.replace("Front bleu", "Islamic State"),
            "3: blue-front: 'Islamic State' is a name of islamic-state too",
        ),
        (ACTOR.replace('name = "Blue Front"\n', ""), "1: blue-front: lacks 'name'"),
    ],
)
def test_a_wrong_actor_is_told_with_its_line(text: str, expected: str, tmp_path: Path):
    found = problems(tmp_path, actors__zz_mine=text)
    assert [p for p in found if p.startswith(f"actors/zz_mine.toml:{expected}")] != [], found


def test_an_own_actor_file_adds_to_the_registry_and_overrides_it_by_id(tmp_path: Path):
    ours = load_codebook()
    own = ACTOR + ACTOR.replace("blue-front", "islamic-state").replace("Blue", "Green").replace(
        "Front bleu", "Front vert"
    ).replace('"BF"', '"GF"')
    assert problems(tmp_path, actors__middle_east=own) == []
    book = load_codebook(tmp_path)
    assert set(book.actors) == set(ours.actors) | {"blue-front"}
    assert book.actors["islamic-state"].name == "Green Front"
    assert book.actors["hezbollah"] == ours.actors["hezbollah"]


def test_two_own_files_may_not_hold_one_actor_nor_a_name_of_a_built_in_one(tmp_path: Path):
    found = problems(tmp_path, actors__a=ACTOR, actors__b=ACTOR)
    assert found == ["actors/b.toml:1: blue-front: is an actor of actors/a.toml too"]
    found = problems(
        tmp_path, actors__a=ACTOR, actors__b=ACTOR.replace("blue-front", "islamic-state")
    )
    assert "is a name of blue-front too" in found[0]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("weapon", "", "weapon.toml:1: no file of that name is read; known: countries.toml, "),
        ("format", "", "format.toml:1: the form of a folder cannot be replaced; remove the file"),
        (
            "grammars__mine",
            "",
            "grammars/mine.toml:1: no file of that name is read; known: grammars/",
        ),
    ],
)
def test_a_file_that_nothing_reads_is_told(name: str, text: str, expected: str, tmp_path: Path):
    (found,) = problems(tmp_path, **{name: text})
    assert found.startswith(expected)


def test_a_grammar_with_a_bad_pattern_a_missing_entry_or_a_missing_part_is_told(tmp_path: Path):
    built_in = (FOLDER / "grammars" / "dates.toml").read_text(encoding="utf-8")
    lines = built_in.count("\n")
    added = 'zz_open = "(x"\nzz_lost = "{no_such_list} y"\nzz_self = "{zz_self}"\n'
    found = problems(tmp_path, grammars__dates=built_in + added)
    assert [p.partition(": ")[0] for p in found] == [
        f"grammars/dates.toml:{lines + number}" for number in (1, 2, 3)
    ]
    assert found[0].partition(": ")[2].startswith("pattern zz_open is not a regular expression")
    assert found[1].endswith("no pattern, word list or table called 'no_such_list'")
    assert found[2].endswith(": pattern zz_self names itself")
    renamed = built_in.replace("\nopeners = ", "\nopening = ")
    assert problems(tmp_path, grammars__dates=renamed)[0].endswith(
        "lacks 'openers'; copy it from the built-in grammars/dates.toml"
    )


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path: Path):
    (tmp_path / "roles.toml").write_bytes(b'[type]\nlabel = "caf\xe9"\n')
    assert list(find_problems(tmp_path)) == ["roles.toml:2: not UTF-8 text; save the file as UTF-8"]


def test_a_file_finds_tables_keys_and_values_by_line(tmp_path: Path):
    path = tmp_path / "x.toml"
    tables = '[a]\nk = 1\n[b]\nk = [\n  "one",\n  "two", # "three"\n]\n'
    links = '[[b.links]]\nto = "p"\n[[b.links]]\nto = "q"\n'
    path.write_text(tables + links, encoding="utf-8")
    file = open_codebook_file(path, "x.toml")
    assert [file.line("a"), file.line("b", "k"), file.line("b", "k", "two")] == [1, 4, 6]
    assert [file.line("b.links", "to", number=n) for n in (0, 1)] == [9, 11]
    assert [file.line("absent"), file.line("a", "absent"), file.line("b", "k", "absent")] == [
        1,
        1,
        4,
    ]
    path.write_text("[a]\nk = [1,\n", encoding="utf-8")
    with pytest.raises(BadFileError) as caught:
        open_codebook_file(path, "x.toml")
    assert caught.value.line == 3


def test_the_entries_that_the_how_to_shows_are_sound(tmp_path: Path):
    shown = re.findall(r"```toml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    weapons = (FOLDER / "weapons.toml").read_text(encoding="utf-8") + shown[0]
    assert problems(tmp_path, weapons=weapons, actors__mine=shown[1]) == []
    folder = load_codebook(tmp_path)
    assert folder.crosswalk("weapons", "thermobaric_launcher", "gtd_weapon") == "6"
    assert folder.actors["blue-front"].links[0].to == "boko-haram"


# Terms in words


def test_a_term_is_described_with_its_line_of_parents_and_its_codes(codebook: Codebook):
    text = describe(codebook, "rocket_attack")
    path = "armed_violence > armed_attack > shelling_rocket_missile > rocket_attack"
    assert text.startswith(f"rocket attack (event types: {path})")
    assert (
        "    ACLED: Shelling/artillery/missile attack (Explosions/Remote violence), as shelling_"
        in text
    )
    assert "    GTD attack: 3 (Bombing/Explosion), as shelling_rocket_missile" in text


@pytest.mark.parametrize(
    ("asked", "first_line"),
    [
        ("Roadside bombs", "roadside bomb (event types: "),
        ("rocket attack", "rocket attack (event types: "),
        ("killed", "killed (roles: killed)"),
        ("Hashd al-Shaabi", "Popular Mobilization Forces (actor: popular-mobilization-forces)"),
        ("weapons", "weapons ("),
        ("damage levels", "damage levels (7)"),
    ],
)
def test_a_term_is_found_by_id_label_word_list_or_actor(
    asked: str, first_line: str, codebook: Codebook
):
    assert describe(codebook, asked).splitlines()[0].startswith(first_line)


def test_a_term_of_two_lists_is_told_twice(codebook: Codebook):
    firsts = [part.splitlines()[0] for part in describe(codebook, "car_bomb").split("\n\n")]
    assert [line.partition(":")[0] for line in firsts] == [
        "vehicle bomb (event types",
        "vehicle bomb (weapons",
    ]


def test_without_a_term_the_trees_of_all_lists_are_told(codebook: Codebook):
    text = describe(codebook)
    assert [f"{name.replace('_', ' ')} (" in text for name in LISTS] == [True] * len(LISTS)
    assert "\n        rocket_attack\n" in text


def test_an_unknown_term_is_refused_with_the_nearest(codebook: Codebook):
    with pytest.raises(
        ConfigError, match=r"^rokcet atack: no such term in the codebook; nearest: rocket_attack"
    ):
        describe(codebook, "rokcet atack")
