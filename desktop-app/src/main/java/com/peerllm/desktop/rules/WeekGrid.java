package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.settings.WeekHours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.NodeOrientation;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/**
 * A week of hours to paint: drag with the mouse, or arrow keys and space; the names of days and hours turn a whole row or column.
 * To the Tab key it is one stop.
 */
final class WeekGrid extends GridPane {
    private static final int DAYS = DayOfWeek.values().length;
    private static final double NAMES_WIDTH = 48;

    private final RulesViewModel model;
    private final Messages messages;
    private final DayOfWeek firstDay;
    /** By row and column; the first of each are the names. */
    private final List<List<GridCell>> cells = new ArrayList<>();

    private GridCell current;
    private boolean painting;
    private boolean brush;

    WeekGrid(RulesViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        firstDay = WeekFields.of(messages.locale()).getFirstDayOfWeek();
        getStyleClass().add("week-grid");
        setId("week-grid");
        for (int row = 0; row <= DAYS; row++) cells.add(row(row));
        columns();
        makeCurrent(cells.get(1).get(1));
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        model.hoursProperty().subscribe(this::show);
    }

    private void columns() {
        ColumnConstraints names = new ColumnConstraints(NAMES_WIDTH, NAMES_WIDTH, NAMES_WIDTH);
        getColumnConstraints().add(names);
        for (int hour = 0; hour < WeekHours.HOURS_OF_A_DAY; hour++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setHgrow(Priority.ALWAYS);
            column.setFillWidth(true);
            column.setMinWidth(8);
            column.setPrefWidth(24);
            getColumnConstraints().add(column);
        }
    }

    private List<GridCell> row(int row) {
        List<GridCell> made = new ArrayList<>();
        for (int column = 0; column <= WeekHours.HOURS_OF_A_DAY; column++) {
            GridCell cell = row == 0 || column == 0 ? name(row, column) : hour(row, column);
            made.add(cell);
            add(cell, column, row);
        }
        return made;
    }

    private GridCell name(int row, int column) {
        if (row == 0 && column == 0) return GridCell.corner();
        boolean isDay = column == 0;
        String text = isDay ? shortName(day(row)) : Integer.toString(column - 1);
        Runnable turn = isDay ? () -> model.toggle(day(row)) : () -> model.toggle(column - 1);
        GridCell cell = GridCell.name(row, column, text, turn);
        cell.setAccessibleText(
                isDay
                        ? messages.text("rules.hours.wholeDay", longName(day(row)))
                        : messages.text("rules.hours.everyDay", clock(column - 1), clock(column)));
        cell.setOnMousePressed(_ -> {
            focus(cell);
            turn.run();
        });
        return cell;
    }

    private GridCell hour(int row, int column) {
        DayOfWeek day = day(row);
        int hour = column - 1;
        GridCell cell = GridCell.hour(row, column, () -> {
            model.paint(day, hour, !model.hoursProperty().get().allows(day, hour));
            model.painted();
        });
        cell.setId("hour-" + day.name().toLowerCase(Locale.ROOT) + "-" + hour);
        cell.setOnMousePressed(_ -> {
            focus(cell);
            painting = true;
            brush = !model.hoursProperty().get().allows(day, hour);
            model.paint(day, hour, brush);
        });
        cell.setOnDragDetected(_ -> cell.startFullDrag());
        cell.setOnMouseDragEntered(_ -> {
            if (painting) model.paint(day, hour, brush);
        });
        cell.setOnMouseReleased(_ -> {
            painting = false;
            model.painted();
        });
        return cell;
    }

    private void show(WeekHours hours) {
        for (int row = 1; row <= DAYS; row++) {
            for (int column = 1; column <= WeekHours.HOURS_OF_A_DAY; column++) {
                DayOfWeek day = day(row);
                boolean allowed = hours.allows(day, column - 1);
                String from = clock(column - 1);
                cells.get(row)
                        .get(column)
                        .show(
                                allowed,
                                allowed
                                        ? messages.text("rules.hours.allowed", longName(day), from)
                                        : messages.text("rules.hours.forbidden", longName(day), from));
            }
        }
    }

    private void pressed(KeyEvent event) {
        boolean rightToLeft = getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT;
        int forward = rightToLeft ? -1 : 1;
        switch (event.getCode()) {
            case UP -> move(-1, 0);
            case DOWN -> move(1, 0);
            case LEFT -> move(0, -forward);
            case RIGHT -> move(0, forward);
            case HOME -> move(0, -WeekHours.HOURS_OF_A_DAY);
            case END -> move(0, WeekHours.HOURS_OF_A_DAY);
            case SPACE, ENTER -> current.turn();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int rows, int columns) {
        int row = Math.clamp(current.row() + rows, 0, DAYS);
        int column = Math.clamp(current.column() + columns, 0, WeekHours.HOURS_OF_A_DAY);
        if (row == 0 && column == 0) return;
        focus(cells.get(row).get(column));
    }

    private void focus(GridCell cell) {
        makeCurrent(cell);
        cell.requestFocus();
    }

    private void makeCurrent(GridCell cell) {
        if (current != null) current.setFocusTraversable(false);
        current = cell;
        cell.setFocusTraversable(true);
    }

    private DayOfWeek day(int row) {
        return firstDay.plus(row - 1);
    }

    private String shortName(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT_STANDALONE, messages.locale());
    }

    private String longName(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL_STANDALONE, messages.locale());
    }

    /** As the person's clock shows it; 24 is midnight. */
    private String clock(int hour) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(messages.locale())
                .format(LocalTime.of(hour % WeekHours.HOURS_OF_A_DAY, 0));
    }
}
