package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.ChoiceButton;
import com.peerllm.desktop.toolkit.Messages;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The inside of the window: the navigation at the side and the open screen beside it. */
public final class Shell extends BorderPane {
    private static final double BRAND_SIZE = 32;

    private final Messages messages;

    public Shell(Navigator navigator, Theme theme, Image brand, Messages messages) {
        this.messages = messages;
        getStyleClass().add("shell");
        Region room = new Region();
        VBox.setVgrow(room, Priority.ALWAYS);
        VBox side = new VBox(brand(brand), navigation(navigator), room, new ThemeSwitch(theme, messages));
        side.getStyleClass().add("side");
        setLeft(side);
        ScrollPane content = content();
        setCenter(content);
        navigator.currentProperty().subscribe(screen -> content.setContent(navigator.view(screen)));
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

    private static VBox navigation(Navigator navigator) {
        VBox entries = new VBox();
        entries.getStyleClass().add("navigation");
        for (Screen screen : navigator.screens()) {
            ChoiceButton entry = new ChoiceButton(screen.title(), new FontIcon(screen.icon()));
            entry.setMaxWidth(Double.MAX_VALUE);
            entry.setOnAction(pressed -> navigator.open(screen.room()));
            navigator.currentProperty().subscribe(open -> entry.setSelected(open == screen));
            entries.getChildren().add(entry);
        }
        return entries;
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
