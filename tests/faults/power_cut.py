"""What the disk may hold after a power cut: a scenario's system calls are traced once and replayed up to any point.

What was synced is there. Of what was not, any part may be: each single write of a file is kept or lost on its own, and
of the names that were made, moved and removed since the last sync the first few are there (as on ext4)."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from eic_tracker.store.files import PART_SUFFIX

TRACED = "openat,pwrite64,write,writev,ftruncate,unlink,rename,link,fsync,fdatasync"
STRACE_WORDS = ("-y", "-xx", "-s", "9999999", "-e", f"trace={TRACED}")
_SECTOR, _TORN = 512, 0.05
SYNCS = frozenset({"fsync", "fdatasync"})

_CALL = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_HEX = r'"((?:\\x[0-9a-f]{2})*)"'
_FD = r"(\d+)<((?:\\x[0-9a-f]{2}|[^>])*)>"


@dataclass(frozen=True, slots=True)
class Event:
    """One system call that changed or synced a file, or the acknowledgement of a scenario."""

    call: str
    name: str
    other: str = ""
    offset: int = 0
    content: bytes = b""


def read_trace(log: Path, folder: Path) -> list[Event]:
    """The events of a strace log that concern `folder`, names relative to it."""
    events: list[Event] = []
    ends: dict[str, int] = {}
    with log.open(encoding="ascii") as lines:
        for line in lines:
            match = _CALL.match(line)
            if match is not None and int(match[3]) >= 0:
                events += _events(match[1], match[2], folder, ends)
    return events


def _events(call: str, words: str, folder: Path, ends: dict[str, int]) -> Iterator[Event]:
    if call == "writev":
        if b"ACK" in _bytes(re.findall(_HEX, words)[0]):
            yield Event("ack", "")
        return
    names = [_relative(name, folder) for name in _names(call, words)]
    if any(name is None for name in names):
        return
    name, other = str(names[0]), str(names[1]) if len(names) > 1 else ""
    if call == "openat":
        ends[name] = 0
        if "O_CREAT" in words:
            yield Event("create", name)
        if "O_TRUNC" in words:
            yield Event("ftruncate", name)
    elif call == "pwrite64":
        content = _bytes(re.findall(_HEX, words)[-1])
        yield Event(call, name, offset=int(words.rsplit(",", 1)[1]), content=content)
    elif call == "write":
        content = _bytes(re.findall(_HEX, words)[-1])
        yield Event("pwrite64", name, offset=ends.get(name, 0), content=content)
        ends[name] = ends.get(name, 0) + len(content)
    elif call == "ftruncate":
        yield Event(call, name, offset=int(words.rsplit(",", 1)[1]))
    else:
        yield Event(call, name, other)


def _names(call: str, words: str) -> list[str]:
    if call in {"openat", "unlink", "rename", "link"}:
        return [_bytes(found).decode() for found in re.findall(_HEX, words)]
    match = re.match(_FD, words)
    return [_bytes(match[2]).decode() if match[2].startswith("\\x") else match[2]] if match else []


def _bytes(hexadecimal: str) -> bytes:
    return bytes.fromhex(hexadecimal.replace("\\x", ""))


def _relative(name: str, folder: Path) -> str | None:
    path = Path(name)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else None


@dataclass(slots=True)
class _Inode:
    durable: bytearray
    now: bytearray
    pending: list[Event] = field(default_factory=list)

    @classmethod
    def of(cls, content: bytes) -> _Inode:
        """A file whose content is synced."""
        return cls(bytearray(content), bytearray(content))


class Disk:
    """The files of a folder, event by event: what is durable, and what only the system's memory holds."""

    def __init__(self, folder: Path) -> None:
        self._durable = {
            str(path.relative_to(folder)): _Inode.of(path.read_bytes()) for path in folder.rglob("*") if path.is_file()
        }
        self._now = dict(self._durable)
        self._pending_names: list[tuple[str, str, str, _Inode | None]] = []

    def apply(self, event: Event) -> None:
        """Let one event happen."""
        match event.call:
            case "create":
                if event.name not in self._now:
                    self._change_names("create", event.name, "", _Inode.of(b""))
            case "pwrite64" | "ftruncate":
                inode = self._now[event.name]
                inode.pending.append(event)
                _play(inode.now, event)
            case "unlink" | "rename" | "link":
                self._change_names(event.call, event.name, event.other, None)
            case "fsync" | "fdatasync":
                for change in self._pending_names:
                    _change(self._durable, *change)
                self._pending_names.clear()
                if event.name in self._now:
                    synced = self._now[event.name]
                    synced.durable[:] = synced.now
                    synced.pending.clear()

    def _change_names(self, call: str, name: str, other: str, inode: _Inode | None) -> None:
        _change(self._now, call, name, other, inode)
        self._pending_names.append((call, name, other, inode))

    def as_memory_says(self) -> dict[str, bytes]:
        """The visible files as every process sees them: what a kill leaves."""
        return {name: bytes(inode.now) for name, inode in self._now.items() if is_visible(name)}

    def after_a_power_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The visible files as the disk may hold them, one of many possibilities."""
        names = dict(self._durable)
        for change in self._pending_names[: chance.randint(0, len(self._pending_names))]:
            _change(names, *change)
        share = chance.choice((0.0, 0.5, 0.5, 0.5, 1.0))
        return {name: _part_of(inode, share, chance) for name, inode in names.items() if is_visible(name)}


def is_visible(name: str) -> bool:
    """Whether a file counts after a fault: no temporary name, nor the shared memory that the next opening remakes."""
    return not name.endswith((PART_SUFFIX, "-shm")) and PART_SUFFIX not in name


def _part_of(inode: _Inode, share: float, chance: random.Random) -> bytes:
    """A file with this share of what was not synced; now and then a write is torn between two sectors."""
    content = bytearray(inode.durable)
    for event in inode.pending:
        if chance.random() < share:
            torn = chance.random() < _TORN and len(event.content) > _SECTOR
            cut = chance.randrange(_SECTOR, len(event.content), _SECTOR) if torn else len(event.content)
            _play(content, replace(event, content=event.content[:cut]))
    return bytes(content)


def _change(names: dict[str, _Inode], call: str, name: str, other: str, inode: _Inode | None) -> None:
    if call == "create" and inode is not None:
        names[name] = inode
    elif call == "unlink":
        names.pop(name, None)
    elif name in names:
        names[other] = names[name]
        if call == "rename":
            del names[name]


def _play(content: bytearray, event: Event) -> None:
    if event.call == "ftruncate":
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
    else:
        content.extend(bytes(max(0, event.offset - len(content))))
        content[event.offset : event.offset + len(event.content)] = event.content


def put_down(files: dict[str, bytes], folder: Path) -> None:
    """Make `folder` hold exactly these files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
