"""Tests of the command line: words, languages, exit statuses, JSON, help."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from eic_tracker import paths
from eic_tracker.cli import help_page, run
from eic_tracker.domain.codes import Role
from eic_tracker.i18n import Language
from eic_tracker.services.new_file import offered_totals
from eic_tracker.services.sign_in import sign_in
from eic_tracker.store.database import Database
from tests.services.school import PASSWORD, school_file

Captured = pytest.CaptureFixture[str]


def asked(file: Path, *words: str, language: str = "en") -> int:
    """The exit status of a command on a file."""
    return run(["--lang", language, "--file", str(file), *words])


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What stands on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.mark.parametrize("language", Language)
def test_the_help_page_that_is_kept_ready_is_the_one_of_the_parser(language: Language) -> None:
    kept = paths.resources() / "help" / f"command-line.{language.value}.txt"
    assert kept.read_text(encoding="utf-8") == help_page(language)


def test_a_word_with_commands_below_it_means_its_list_where_none_is_named(demo_file: Path, capsys: Captured) -> None:
    answers = []
    for words in (("targets", "list", "--json"), ("targets", "--json")):
        assert asked(demo_file, *words) in {0, 1}
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1] != []
    assert asked(demo_file, "targets") == 0
    assert capsys.readouterr().out
    with pytest.raises(SystemExit) as wrong:
        asked(demo_file, "quarter")
    assert wrong.value.code == 2, "what has no list asks for a command"
    with pytest.raises(SystemExit) as told:
        asked(demo_file, "targets", "--help")
    assert told.value.code == 0
    assert "Without a command it means “list”." in capsys.readouterr().out


def test_help_imports_no_library() -> None:
    script = (
        "import sys; sys.argv = ['eic-tracker', '--help']; from eic_tracker.__main__ import main; main(); "
        "print(sorted(m for m in sys.modules if m.split('.')[0] in "
        "{'argparse', 'sqlalchemy', 'sqlmodel', 'alembic', 'reportlab', 'xlsxwriter', 'openpyxl', 'babel'}), "
        "file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert done.stdout.startswith("uso: eic-tracker")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_no_command_without_a_display_is_wrong_use_and_says_where_the_help_is(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run([]) == 2
    assert "--help" in capsys.readouterr().err


def test_counts_answers_with_documented_json(tmp_path: Path, capsys: Captured) -> None:
    file = school_file(tmp_path)
    words = ("counts", "--by", "year,fy-quarter,sex,institution", "--as-of", "2018-12-31", "--json")
    assert asked(file, *words) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["as_of"] == "2018-12-31"
    assert answer["total"] == {
        "completions": 2,
        "persons": 2,
        "enrolments": 4,
        "offerings": 1,
        "reached": 0,
        "graduated": 0,
    }
    assert [row["sex"] for row in answer["rows"]] == ["F", "M"]
    assert answer["rows"][0] == {
        "year": "2018",
        "fy_quarter": "FY2019Q1",
        "sex": "F",
        "institution": None,
        "completions": 1,
        "persons": 1,
        "enrolments": 2,
        "offerings": 1,
        "reached": 0,
        "graduated": 0,
    }


def test_without_keys_there_are_no_rows(tmp_path: Path, capsys: Captured) -> None:
    assert asked(school_file(tmp_path), "counts", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("counts", "--by", "colour"), "“colour” is nothing to count by"),
        (("counts", "--programme", "NASA"), "There is no programme “NASA”"),
        (("--as", "manager", "report", "quarterly", "--period", "2018", "--out", "x.pdf"), "“2018” is a year"),
        (("--as", "manager", "report", "quarterly", "--period", "soon", "--out", "x.pdf"), "“soon” is no period"),
    ],
)
def test_wrong_words_get_one_sentence_and_status_two(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    typed(monkeypatch, PASSWORD)
    assert asked(school_file(tmp_path), *words) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


def test_a_missing_file_is_told_in_spanish_unless_asked_otherwise(tmp_path: Path, capsys: Captured) -> None:
    assert run(["--file", str(tmp_path / "nada.eic"), "counts"]) == 2
    assert "nada.eic" in capsys.readouterr().err


def test_data_quality_is_told_as_json_with_all_checks_and_status_one_where_one_finds_rows(
    tmp_path: Path, capsys: Captured
) -> None:
    assert asked(school_file(tmp_path), "quality", "--json") == 1
    checks = json.loads(capsys.readouterr().out)
    assert len(checks) >= 25
    assert {tuple(each) for each in checks} == {("key", "title", "rows")}
    found = {each["key"]: each["rows"] for each in checks}
    assert found["no_act"] == 1
    assert asked(school_file(tmp_path), "quality") == 1
    assert "Closed courses without an act" in capsys.readouterr().out


def test_a_figure_that_is_unexplained_ends_with_status_one(tmp_path: Path, capsys: Captured) -> None:
    assert asked(school_file(tmp_path), "reconcile", "--as-of", "2018-12-31", "--json") == 1
    figures = {figure["key"]: figure for figure in json.loads(capsys.readouterr().out)}
    graduates = figures["eic-graduates"]
    assert (graduates["published"], graduates["counted"], graduates["difference"]) == (15_175, 2, 15_173)
    assert (graduates["unexplained"], graduates["state"], graduates["causes"]) == (15_173, "unexplained", [])
    assert list(graduates) == [
        "key",
        "programme",
        "measure",
        "qualifier",
        "published",
        "counted",
        "difference",
        "causes",
        "unexplained",
        "state",
        "support",
    ]
    assert graduates["support"] == {"sheet_and_act": 0, "act": 0, "roster_or_heads": 2, "document": 0}


def test_writing_into_a_schools_file_needs_a_name(tmp_path: Path, capsys: Captured) -> None:
    words = ("correct", "enrolment", "1", "--status", "removed", "--reason", "r", "--authorised-by", "a")
    assert asked(school_file(tmp_path), *words) == 2
    assert "--as USER" in capsys.readouterr().err


def test_a_manager_with_the_right_password_corrects(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = school_file(tmp_path)
    words = ("--as", "manager", "correct", "enrolment", "1", "--status", "removed")
    typed(monkeypatch, PASSWORD)
    assert asked(file, *words, "--reason", "twice", "--authorised-by", "Director") == 0
    assert "completed → taken off the list" in capsys.readouterr().out
    assert asked(file, "counts", "--as-of", "2018-12-31", "--json") == 0
    assert json.loads(capsys.readouterr().out)["total"]["completions"] == 1


def test_a_wrong_password_is_a_no(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "not it")
    assert asked(school_file(tmp_path), "--as", "administrator", "users", "list") == 1
    assert "User or password is wrong" in capsys.readouterr().err


def test_init_makes_a_file_that_knows_the_lists_and_the_administrator(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, PASSWORD)
    assert run(["init", str(tmp_path / "new.eic"), "--login", "jefa", "--name", "Jefa Inventada"]) == 0
    capsys.readouterr()
    assert len(list(tmp_path.iterdir())) == 1
    assert asked(tmp_path / "new.eic", "journal", "verify") == 0
    typed(monkeypatch, PASSWORD)
    assert asked(tmp_path / "new.eic", "users", "list", "--as", "jefa") == 0
    assert "Jefa Inventada" in capsys.readouterr().out


def test_init_makes_the_second_administrator_and_records_published_totals_as_the_window_does(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("una clave larga\notra clave larga\n"))
    words = ["--lang", "en", "init", str(tmp_path / "new.eic"), "--login", "jefa", "--name", "Jefa Inventada"]
    first, second, *_ = [figure.key for figure in offered_totals()]
    more = ["--second-login", "jefe", "--second-name", "Jefe Inventado", "--published-totals", f"{first}, {second}"]
    assert run([*words, *more]) == 0
    assert "2 published totals" in capsys.readouterr().out
    with Database(tmp_path / "new.eic") as db:
        assert sign_in(db, "jefa", "una clave larga").role is Role.ADMINISTRATOR
        assert sign_in(db, "jefe", "otra clave larga").full_name == "Jefe Inventado"
        with db.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT f.key, h.approved_by_id FROM historical_total h JOIN published_figure f"
                " ON f.id = h.published_figure_id ORDER BY h.id"
            ).all()
    assert [tuple(row) for row in found] == [(first, None), (second, None)]


def test_init_records_all_published_totals_and_names_those_that_there_are_not(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["--lang", "en", "init", str(tmp_path / "new.eic")]
    monkeypatch.setattr(sys, "stdin", io.StringIO("una clave larga\n" * 2))
    assert run([*words, "--published-totals", "nothing-such"]) == 2
    told = capsys.readouterr().err
    assert "nothing-such" in told
    assert offered_totals()[0].key in told, "those that there are"
    assert not (tmp_path / "new.eic").exists()
    assert run([*words, "--published-totals", "all"]) == 0
    with Database(tmp_path / "new.eic") as db, db.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM historical_total").scalar_one()
    assert count == len(offered_totals())


def test_init_asks_no_name_of_a_second_administrator_who_has_no_login(tmp_path: Path, capsys: Captured) -> None:
    assert run(["--lang", "en", "init", str(tmp_path / "new.eic"), "--second-name", "Jefe"]) == 2
    assert "--second-login" in capsys.readouterr().err
    assert not (tmp_path / "new.eic").exists()


def test_init_never_replaces_a_file(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept.eic").write_bytes(b"something")
    typed(monkeypatch, PASSWORD)
    assert run(["--lang", "en", "init", str(tmp_path / "kept.eic")]) == 2
    assert "exists already" in capsys.readouterr().err
    assert (tmp_path / "kept.eic").read_bytes() == b"something"


def test_options_may_stand_on_either_side_of_the_command(tmp_path: Path, capsys: Captured) -> None:
    file = school_file(tmp_path)
    assert run(["counts", "--json", "--file", str(file), "--lang", "en", "--today", "2018-12-31"]) == 0
    after = capsys.readouterr().out
    assert run(["--file", str(file), "--today", "2018-12-31", "counts", "--json"]) == 0
    assert capsys.readouterr().out == after


def test_a_correction_is_set_right_by_another_correction_and_never_taken_back(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = school_file(tmp_path)
    typed(monkeypatch, PASSWORD)
    words = ("--as", "manager", "correct", "enrolment", "1", "--status", "removed", "--reason", "r")
    assert asked(file, *words, "--authorised-by", "a") == 0
    entry = capsys.readouterr().out.rpartition("entry ")[2].strip(" .\n")
    typed(monkeypatch, PASSWORD)
    assert asked(file, "--as", "manager", "journal", "undo", entry, "--reason", "wrong person") == 1
    assert "is never undone" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("journal", "show", "1"), ("rollup", "--out", "r.xlsx")])
def test_more_than_figures_of_a_schools_file_is_only_for_those_who_sign_in(
    tmp_path: Path, capsys: Captured, words: tuple[str, ...]
) -> None:
    assert asked(school_file(tmp_path), *words) == 2
    assert "--as USER" in capsys.readouterr().err


def test_a_reader_that_has_had_enough_gets_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} -m eic_tracker --file {school_file(tmp_path)} reconcile --json | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout == "[\n"
    assert "Traceback" not in done.stderr


def test_a_date_that_is_none_is_told_in_plain_words(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--lang", "en", "counts", "--as-of", "yesterday"])
    assert ended.value.code == 2
    assert "“yesterday” is no date; write it like 2018-12-31" in capsys.readouterr().err
