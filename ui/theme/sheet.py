"""From tokens to Qt's palette and style sheet; the only place that writes either."""

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import CONTROL_PX, RADIUS_L, RADIUS_M, RADIUS_S, Tokens
from wajo_studio.paths import assets_dir


def palette(t: Tokens) -> QPalette:
    """Qt's palette of a theme."""
    made = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: t.surface,
        role.WindowText: t.text,
        role.Base: t.surface,
        role.AlternateBase: t.pane,
        role.ToolTipBase: t.text,
        role.ToolTipText: t.surface,
        role.Text: t.text,
        role.PlaceholderText: t.muted,
        role.Button: t.surface,
        role.ButtonText: t.text,
        role.BrightText: t.danger,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.Light: t.surface,
        role.Midlight: t.hairline,
        role.Mid: t.edge,
        role.Dark: t.edge,
        role.Shadow: t.text,
    }
    for which, colour in colours.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.edge))
    return made


def style_sheet(t: Tokens) -> str:
    """The style sheet of a theme."""
    icons = (assets_dir() / "icons").as_posix()
    return f"""
QToolTip {{ background: {t.text}; color: {t.surface}; border: 0; padding: 6px 8px; }}
QWidget#nav, QWidget#topBar {{ background: {t.surface}; }}
QWidget#nav {{ border-right: 1px solid {t.hairline}; }}
QWidget#topBar {{ border-bottom: 1px solid {t.hairline}; }}
QWidget#pane, QWidget#paneBody {{ background: {t.pane}; }}
QWidget#canvas {{ background: {t.canvas}; }}
QScrollArea, QWidget#qt_scrollarea_viewport {{ border: 0; background: transparent; }}
QSplitter::handle {{ background: {t.hairline}; }}
QSplitter::handle:hover {{ background: {t.focus}; }}
QLabel[tone="muted"] {{ color: {t.muted}; }}
QLabel[tone="danger"] {{ color: {t.danger}; }}
QLabel[tone="warn"] {{ color: {t.warn}; }}
QLabel[tone="good"] {{ color: {t.good}; }}
QLabel[tone="accent"] {{ color: {t.accent}; }}

QFrame#card {{ background: {t.surface}; border: 1px solid {t.hairline};
  border-radius: {RADIUS_M}px; }}
QFrame#card[chosen="true"] {{ border: 2px solid {t.focus}; }}
QFrame#toast {{ background: {t.text}; border-radius: {RADIUS_M}px; }}
QFrame#toast QLabel {{ color: {t.surface}; }}
QFrame#toast QPushButton {{ color: {t.surface}; background: transparent;
  border: 1px solid {t.surface}; }}
QFrame#banner {{ background: {t.accent_soft}; border-radius: {RADIUS_M}px; }}

QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QListWidget, QTableView {{
  background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
  border-radius: {RADIUS_S}px; padding: 1px;
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit, QComboBox, QDateEdit {{ min-height: {CONTROL_PX - 4}px; padding: 1px 9px; }}
QPlainTextEdit {{ padding: 4px 6px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus, QListWidget:focus,
QTableView:focus {{ border: 2px solid {t.focus}; padding: 0px; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus {{ padding: 0px 8px; }}
QPlainTextEdit:focus {{ padding: 3px 5px; }}
QLineEdit[state="over"], QPlainTextEdit[state="over"] {{ border-color: {t.danger}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {t.muted};
  background: {t.pane}; border-color: {t.hairline}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: 0; width: 26px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url({icons}/chevron-down-grey.svg);
  width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.edge};
  selection-background-color: {t.accent_soft}; selection-color: {t.on_soft}; outline: 0;
  padding: 4px; }}
QListWidget::item {{ padding: 4px; border-radius: {RADIUS_S}px; }}
QListWidget::item:selected {{ background: {t.accent_soft}; color: {t.on_soft}; }}
QListWidget::item:hover {{ background: {t.hover}; }}
QTableView::item {{ padding: 4px 6px; border-bottom: 1px solid {t.hairline}; }}
QTableView::item:selected {{ background: {t.accent_soft}; color: {t.on_soft}; }}
QHeaderView {{ background: {t.surface}; border: 0; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0;
  border-bottom: 1px solid {t.edge}; padding: 4px 7px; }}

QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
  border-radius: {RADIUS_M}px; padding: 0 14px; min-height: {CONTROL_PX - 2}px; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: 0 13px;
  min-height: {CONTROL_PX - 4}px; }}
QPushButton:disabled {{ color: {t.muted}; border-color: {t.hairline}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent};
  border-color: {t.accent}; }}
QPushButton[kind="primary"]:hover {{ background: {t.on_soft}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.hairline}; color: {t.muted};
  border-color: {t.hairline}; }}
QPushButton[kind="small"] {{ padding: 0 10px; color: {t.accent}; border-radius: {RADIUS_S}px;
  min-height: 30px; }}
QPushButton[kind="small"]:focus {{ padding: 0 9px; min-height: 28px; }}
QPushButton[kind="link"], QToolButton[kind="link"] {{ background: transparent; border: 0;
  color: {t.accent}; padding: 0 6px; min-height: 30px; }}
QPushButton[kind="link"]:hover, QToolButton[kind="link"]:hover {{ background: {t.hover}; }}
QPushButton[kind="link"]:focus, QToolButton[kind="link"]:focus {{ border: 2px solid {t.focus};
  border-radius: {RADIUS_S}px; padding: 0 4px; min-height: 26px; }}
QPushButton[kind="link"]:disabled {{ color: {t.muted}; }}
QPushButton[kind="pill"] {{ background: transparent; border: 1px solid transparent;
  border-radius: 15px; padding: 0 12px; min-height: 30px; max-height: 30px; }}
QPushButton[kind="pill"]:hover {{ background: {t.hairline}; }}
QPushButton[kind="pill"]:checked {{ background: {t.accent}; color: {t.on_accent}; }}
QPushButton[kind="pill"]:focus {{ border: 2px solid {t.focus}; padding: 0 11px; min-height: 28px; }}
QPushButton[kind="pill"]:disabled {{ color: {t.edge}; }}
QPushButton[kind="subpill"] {{ background: transparent; border: 1px solid {t.edge};
  border-radius: 15px; padding: 0 11px; min-height: 28px; max-height: 28px; }}
QPushButton[kind="subpill"]:checked {{ background: {t.accent_soft}; color: {t.on_soft};
  border-color: {t.accent}; }}
QPushButton[kind="subpill"]:focus {{ border: 2px solid {t.focus}; padding: 0 10px;
  min-height: 26px; }}
QPushButton[kind="nav"] {{ background: transparent; border: 2px solid transparent;
  text-align: left; padding: 0 12px; min-height: 36px; border-radius: {RADIUS_S}px; }}
QPushButton[kind="nav"]:hover {{ background: {t.hover}; }}
QPushButton[kind="nav"]:checked {{ background: {t.accent_soft}; color: {t.on_soft}; }}
QPushButton[kind="nav"]:focus {{ border-color: {t.focus}; }}
QPushButton[kind="nav"]:disabled {{ color: {t.edge}; }}
QPushButton[kind="drop"] {{ border: 1px dashed {t.edge}; border-radius: {RADIUS_M}px;
  color: {t.muted}; background: transparent; min-height: 56px; padding: 0 12px; }}
QPushButton[kind="drop"]:hover {{ background: {t.hover}; }}
QPushButton[kind="drop"]:focus {{ border: 2px solid {t.focus}; min-height: 54px; }}
QPushButton[kind="drop"][over="true"] {{ border: 2px dashed {t.accent}; color: {t.on_soft};
  background: {t.accent_soft}; }}
QPushButton[kind="tile"] {{ text-align: left; border: 1px solid {t.hairline}; padding: 0;
  border-radius: {RADIUS_L}px; background: {t.surface}; min-height: 312px; }}
QPushButton[kind="tile"]:hover {{ background: {t.hover}; }}
QPushButton[kind="tile"]:focus {{ border: 2px solid {t.focus}; padding: 0;
  min-height: 310px; }}
QToolButton {{ background: transparent; border: 2px solid transparent;
  border-radius: {RADIUS_S}px; padding: 4px; min-height: 24px; min-width: 24px; }}
QToolButton:hover {{ background: {t.hover}; }}
QToolButton:focus {{ border-color: {t.focus}; }}
QToolButton:checked {{ background: {t.accent_soft}; color: {t.on_soft}; }}
QToolButton[kind="onPicture"] {{ background: {t.surface}; padding: 1px; }}
QToolButton[kind="onPicture"]:hover {{ background: {t.hover}; }}
QToolButton::menu-indicator {{ image: none; }}

QCheckBox {{ spacing: 10px; min-height: 24px; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {t.edge};
  border-radius: 4px; background: {t.surface}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
  image: url({icons}/check-{t.name}.svg); }}
QCheckBox::indicator:disabled {{ border-color: {t.hairline}; background: {t.pane}; }}
QCheckBox::indicator:focus {{ border: 2px solid {t.focus}; width: 14px; height: 14px; }}
QCheckBox:focus {{ text-decoration: underline; }}
QCheckBox:disabled {{ color: {t.muted}; }}

QTabWidget::pane {{ border: 0; border-top: 1px solid {t.hairline}; }}
QTabWidget::tab-bar {{ left: 18px; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {t.muted}; padding: 6px 1px; margin-right: 15px;
  border: 0; border-bottom: 2px solid transparent; min-height: 24px; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:focus {{ color: {t.focus}; border-bottom: 2px solid {t.focus}; }}

QMenuBar {{ background: {t.surface}; border-bottom: 1px solid {t.hairline}; }}
QMenuBar::item {{ padding: 5px 10px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.accent_soft}; color: {t.on_soft};
  border-radius: {RADIUS_S}px; }}
QMenu {{ background: {t.surface}; border: 1px solid {t.edge}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: {RADIUS_S}px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.on_soft}; }}
QMenu::item:disabled {{ color: {t.edge}; }}
QMenu::separator {{ height: 1px; background: {t.hairline}; margin: 4px 8px; }}

QProgressBar {{ background: {t.hairline}; border: 0; border-radius: 4px; max-height: 8px;
  min-height: 8px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
QScrollBar:vertical {{ background: transparent; width: 9px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: 3px; margin: 2px; min-height: 28px;
  min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
