package com.peerllm.desktop.logs;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A line above the screens after an error that nobody caught: its code, what to do, and where to find help. */
public final class CrashNotice extends HBox {

    /** @param toLogs opens the screen where a support bundle is made */
    public CrashNotice(CrashReports reports, Runnable toLogs, Messages messages) {
        getStyleClass().add("crash-notice");
        setId("crash");
        TextLine sentence = new TextLine("", "card-value");
        sentence.setId("crash-code");
        reports.lastCodeProperty()
                .subscribe(code -> code.ifPresent(now -> sentence.setText(messages.text("logs.crash", now))));
        VBox words = new VBox(sentence, TextLine.quiet(messages.text("logs.crash.next")));
        HBox.setHgrow(words, Priority.ALWAYS);
        Button copy = new Button(messages.text("logs.crash.copy"));
        copy.setId("copy-crash");
        copy.setOnAction(pressed -> copy(reports));
        Button logs = new Button(messages.text("logs.crash.logs"));
        logs.setId("crash-to-logs");
        logs.setOnAction(pressed -> toLogs.run());
        Button close = new Button(messages.text("logs.crash.close"));
        close.setId("close-crash");
        close.setOnAction(pressed -> reports.forget());
        for (Button button : new Button[] {copy, logs, close}) button.setMinWidth(USE_PREF_SIZE);
        getChildren().setAll(new FontIcon(Feather.ALERT_TRIANGLE), words, copy, logs, close);
        Shown.when(reports.lastCodeProperty().map(java.util.Optional::isPresent), this);
    }

    private static void copy(CrashReports reports) {
        ClipboardContent content = new ClipboardContent();
        reports.lastCodeProperty().get().ifPresent(content::putString);
        if (!content.isEmpty()) Clipboard.getSystemClipboard().setContent(content);
    }
}
