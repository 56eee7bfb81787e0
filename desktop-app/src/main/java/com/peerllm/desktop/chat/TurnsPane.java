package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * What was said in the open chat. Of a long chat only the last messages are there at first, and earlier ones when they are
 * asked for, so that any chat opens at once; a talk that goes on leaves them out again.
 */
final class TurnsPane extends StackPane {
    static final int AT_ONCE = 24;
    /** While a person only talks on, no more than so many are kept. */
    static final int MOST = 3 * AT_ONCE;

    private final OpenChatModel model;
    private final Messages messages;
    private final Consumer<String> clipboard;
    private final VBox column = new VBox();
    private final FollowingScroll scroll = new FollowingScroll(column);
    private final Button earlier = new Button();
    private final FramePace pace;
    private List<TurnText> turns = List.of();
    private int first;

    TurnsPane(OpenChatModel model, Messages messages, Consumer<String> clipboard) {
        this.model = model;
        this.messages = messages;
        this.clipboard = clipboard;
        getStyleClass().add("turns");
        column.getStyleClass().add("turn-column");
        scroll.getStyleClass().add("turn-scroll");
        scroll.setFocusTraversable(false);
        earlier.setId("earlier");
        earlier.getStyleClass().addAll("flat", "small");
        earlier.setOnAction(pressed -> showEarlier());
        Button latest = new Button(messages.text("chat.toTheEnd"), new FontIcon(Feather.ARROW_DOWN));
        latest.setId("latest");
        latest.getStyleClass().addAll("small", "to-the-end");
        latest.visibleProperty().bind(scroll.followingProperty().not());
        latest.managedProperty().bind(latest.visibleProperty());
        latest.setOnAction(pressed -> scroll.follow());
        StackPane.setAlignment(latest, Pos.BOTTOM_CENTER);
        getChildren().setAll(scroll, latest);
        pace = new FramePace(this, model::frame);
        model.answeringProperty().subscribe(this::turnPace);
        sceneProperty().addListener(change -> turnPace());
        model.turnsProperty().subscribe(this::show);
        model.liveProperty().subscribe(this::showGrowing);
    }

    private void turnPace() {
        // An animation draws sixty frames a second: only while there is something to see.
        pace.turn(model.answeringProperty().get() && getScene() != null);
    }

    private void showEarlier() {
        int before = first;
        first = Math.max(0, first - AT_ONCE);
        scroll.growAtTheTop();
        for (int i = before - 1; i >= first; i--) column.getChildren().add(1, node(turns.get(i)));
        placeEarlier();
    }

    private void show(List<TurnText> next) {
        boolean another = turns.isEmpty()
                || next.isEmpty()
                || next.getFirst().place() != turns.getFirst().place();
        if (another) {
            column.getChildren().clear();
            first = Math.max(0, next.size() - AT_ONCE);
        }
        first = Math.min(first, next.size());
        boolean said = next.size() > turns.size() && !another;
        turns = next;
        column.getChildren().remove(earlier);
        // The end is shown after this, so that nobody sees the first ones go.
        if (said && next.size() - first > MOST) leaveOut(next.size() - AT_ONCE);
        for (int i = first; i < next.size(); i++) {
            int at = i - first;
            if (at >= column.getChildren().size()) {
                column.getChildren().add(node(next.get(i)));
                continue;
            }
            TurnNode there = (TurnNode) column.getChildren().get(at);
            if (there.turn().equals(next.get(i))) continue;
            if (canBecome(there.turn(), next.get(i))) there.show(next.get(i));
            else column.getChildren().set(at, node(next.get(i)));
        }
        int shown = next.size() - first;
        if (column.getChildren().size() > shown)
            column.getChildren().remove(shown, column.getChildren().size());
        placeEarlier();
        if (said || another) scroll.follow();
        showGrowing(model.liveProperty().get());
    }

    private void leaveOut(int upTo) {
        column.getChildren()
                .remove(0, Math.min(upTo - first, column.getChildren().size()));
        first = upTo;
    }

    /** A message changes, or comes to its end; one that is written anew is another. */
    private static boolean canBecome(TurnText before, TurnText now) {
        boolean same = before.place() == now.place() && before.byPerson() == now.byPerson();
        return same && (before.writing() || !now.writing());
    }

    private void placeEarlier() {
        column.getChildren().remove(earlier);
        if (first == 0) return;
        earlier.setText(messages.text("chat.earlier", first));
        column.getChildren().addFirst(earlier);
    }

    private void showGrowing(LiveText live) {
        if (column.getChildren().isEmpty()) return;
        if (column.getChildren().getLast() instanceof TurnNode node
                && node.turn().writing()) node.showGrowing(live);
    }

    private TurnNode node(TurnText turn) {
        return new TurnNode(turn, model, messages, clipboard);
    }
}
