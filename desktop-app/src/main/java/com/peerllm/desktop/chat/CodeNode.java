package com.peerllm.desktop.chat;

import com.peerllm.desktop.chat.markdown.Span;
import com.peerllm.desktop.toolkit.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Code with its language and a button that copies it. In parts of some lines, so that only the last part is laid out while it grows. */
final class CodeNode extends VBox {
    private static final int LINES = 20;

    private final VBox lines = new VBox();
    private String text = "";

    CodeNode(String language, String text, Messages messages, Consumer<String> clipboard) {
        getStyleClass().add("code-block");
        Label name = new Label(language.isEmpty() ? messages.text("chat.code") : language);
        name.getStyleClass().add("quiet");
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        Button copy = new Button(messages.text("chat.code.copy"), new FontIcon(Feather.COPY));
        copy.getStyleClass().addAll("flat", "small");
        copy.setMinWidth(USE_PREF_SIZE);
        copy.setOnAction(pressed -> {
            clipboard.accept(this.text);
            copy.setText(messages.text("chat.copied"));
        });
        HBox head = new HBox(name, room, copy);
        head.getStyleClass().add("code-head");
        lines.getStyleClass().add("code-lines");
        getChildren().setAll(head, lines);
        show(text);
    }

    void show(String next) {
        text = next;
        List<String> parts = parts(next);
        while (lines.getChildren().size() > parts.size()) lines.getChildren().removeLast();
        for (int i = 0; i < parts.size(); i++) {
            List<Span> spans = List.of(new Span(parts.get(i), false, false, false));
            if (i == lines.getChildren().size()) lines.getChildren().add(new SelectableFlow(spans));
            else {
                SelectableFlow part = (SelectableFlow) lines.getChildren().get(i);
                if (!part.text().equals(parts.get(i))) part.show(spans);
            }
        }
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        int lines = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
            if (++lines % LINES != 0) continue;
            parts.add(text.substring(begin, end));
            begin = end + 1;
        }
        parts.add(text.substring(begin));
        return parts;
    }
}
