package com.peerllm.desktop.chat;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * Selects with the mouse over all flows of a message, from one into the next, and copies: what is selected, or the whole
 * message when nothing is.
 */
final class TextSelection {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination ALL = new KeyCodeCombination(KeyCode.A, KeyCombination.SHORTCUT_DOWN);

    private final Region message;
    private final Supplier<List<SelectableFlow>> flows;
    private final Supplier<String> wholeText;
    private final Consumer<String> clipboard;
    private Place anchor = new Place(0, 0);

    private record Place(int flow, int character) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return flow == other.flow ? Integer.compare(character, other.character) : Integer.compare(flow, other.flow);
        }
    }

    TextSelection(
            Region message,
            Supplier<List<SelectableFlow>> flows,
            Supplier<String> wholeText,
            Consumer<String> clipboard,
            ContextMenu menu) {
        this.message = message;
        this.flows = flows;
        this.wholeText = wholeText;
        this.clipboard = clipboard;
        message.setCursor(Cursor.TEXT);
        message.setFocusTraversable(true);
        message.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        message.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        message.addEventHandler(KeyEvent.KEY_PRESSED, this::type);
        message.setOnContextMenuRequested(wish -> menu.show(message, wish.getScreenX(), wish.getScreenY()));
        message.focusedProperty().subscribe(focused -> {
            if (!focused && !menu.isShowing()) select(anchor, anchor);
        });
    }

    private void press(MouseEvent press) {
        message.requestFocus();
        // What scrolls would take the focus away again.
        press.consume();
        if (press.getButton() != MouseButton.PRIMARY || flows.get().isEmpty()) return;
        anchor = at(press);
        switch (press.getClickCount()) {
            case 1 -> select(anchor, anchor);
            case 2 -> selectWord();
            default -> selectAll();
        }
    }

    private void drag(MouseEvent drag) {
        if (drag.getButton() != MouseButton.PRIMARY || flows.get().isEmpty()) return;
        Place head = at(drag);
        if (head.compareTo(anchor) < 0) select(head, anchor);
        else select(anchor, head);
        drag.consume();
    }

    private void type(KeyEvent key) {
        if (COPY.match(key)) copy();
        else if (ALL.match(key)) selectAll();
        else return;
        key.consume();
    }

    /** The flow under the mouse, or the one that is nearest above it. */
    private Place at(MouseEvent mouse) {
        List<SelectableFlow> all = flows.get();
        Point2D scene = new Point2D(mouse.getSceneX(), mouse.getSceneY());
        int nearest = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).localToScene(all.get(i).getLayoutBounds()).getMinY() > scene.getY()) break;
            nearest = i;
        }
        return new Place(nearest, all.get(nearest).at(all.get(nearest).sceneToLocal(scene)));
    }

    private void selectWord() {
        String text = flows.get().get(anchor.flow()).text();
        int from = anchor.character();
        int to = from;
        while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) from--;
        while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) to++;
        select(new Place(anchor.flow(), from), new Place(anchor.flow(), to));
    }

    void selectAll() {
        List<SelectableFlow> all = flows.get();
        if (!all.isEmpty())
            select(new Place(0, 0), new Place(all.size() - 1, all.getLast().length()));
    }

    private void select(Place from, Place to) {
        List<SelectableFlow> all = flows.get();
        for (int i = 0; i < all.size(); i++) {
            SelectableFlow flow = all.get(i);
            if (i < from.flow() || i > to.flow()) flow.select(0, 0);
            else flow.select(i == from.flow() ? from.character() : 0, i == to.flow() ? to.character() : flow.length());
        }
    }

    void copy() {
        String selected = flows.get().stream()
                .map(SelectableFlow::selected)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
        clipboard.accept(selected.isEmpty() ? wholeText.get() : selected);
    }
}
