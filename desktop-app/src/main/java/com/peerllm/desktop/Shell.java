package com.peerllm.desktop;

import com.peerllm.desktop.home.HomeStatus;
import com.peerllm.desktop.toolkit.Messages;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The inside of the window: the navigation at the side and the open screen beside it. */
public final class Shell extends BorderPane {
    private static final double BRAND_SIZE = 32;

    private final Navigator navigator;
    private final Messages messages;
    private final NavigationBar entries;
    private final Region room = new Region();
    private final VBox side = new VBox();
    private final ScrollPane content = content();
    private final VBox beside = new VBox(content);

    /** @param status what Home says; empty in a window without Home */
    public Shell(Navigator navigator, Optional<ObservableValue<HomeStatus>> status, Image brand, Messages messages) {
        this.navigator = navigator;
        this.messages = messages;
        getStyleClass().add("shell");
        entries = new NavigationBar(navigator, messages);
        VBox.setVgrow(room, Priority.ALWAYS);
        side.getChildren().setAll(brand(brand), entries, room);
        side.getStyleClass().add("side");
        status.ifPresent(now -> side.getChildren().add(new SideStatus(now, messages)));
        setLeft(side);
        VBox.setVgrow(content, Priority.ALWAYS);
        setCenter(beside);
        navigator.currentProperty().subscribe(screen -> {
            content.setContent(navigator.view(screen));
            content.setVvalue(0);
        });
    }

    /** Puts something below the entries, above what the side says of sharing. */
    void notice(Node node) {
        side.getChildren().add(side.getChildren().indexOf(room) + 1, node);
    }

    /** Puts something above every screen. */
    void head(Node node) {
        beside.getChildren().addFirst(node);
    }

    /** Puts something at the foot of every screen. */
    public void foot(Node node) {
        beside.getChildren().add(node);
    }

    /** Opens a screen and puts the keyboard on its entry, because what had it may be gone from the window. */
    void open(Screen screen) {
        navigator.open(screen.room());
        entries.focusOpen();
    }

    private HBox brand(Image image) {
        ImageView mark = new ImageView(image);
        mark.setFitWidth(BRAND_SIZE);
        mark.setFitHeight(BRAND_SIZE);
        // The letter must not be mirrored with the rest of a right-to-left window.
        mark.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        Label name = new Label(messages.text("shell.name"));
        HBox row = new HBox(mark, name);
        row.getStyleClass().add("brand");
        return row;
    }

    private static ScrollPane content() {
        ScrollPane pane = new ScrollPane();
        pane.getStyleClass().add("content");
        pane.setFitToWidth(true);
        pane.setFitToHeight(true);
        pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        pane.setFocusTraversable(false);
        return pane;
    }
}
