"""What happens by itself is said to screen readers, and moves only where the person's system lets things move."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QStyle, QWidget

FADE = 120
"""Milliseconds in which what comes and goes by itself fades."""


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say `text`, at once where it is urgent; without one nothing happens."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def less_motion(widget: QWidget) -> bool:
    """Whether the system asks for less motion; Qt's styles then give no time to animations."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) <= 0
