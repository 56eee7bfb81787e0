package com.peerllm.desktop.earnings;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import com.peerllm.desktop.toolkit.WholeButton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The chosen receipt: what it says, whether it holds, whether it is in the public log; to copy and to save. */
final class ReceiptCard extends VBox {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final ReceiptsViewModel model;
    private final Messages messages;
    private final ObservableValue<Optional<ReceiptDetail>> detail;

    ReceiptCard(ReceiptsViewModel model, Messages messages, Function<String, Optional<Path>> saveAs) {
        this.model = model;
        this.messages = messages;
        detail = model.detailProperty();
        getStyleClass().addAll("card", "receipt-card");
        GridPane facts = new GridPane();
        facts.getStyleClass().add("receipt-facts");
        detail.map(chosen -> chosen.map(ReceiptDetail::facts).orElse(java.util.List.of()))
                .subscribe(list -> {
                    facts.getChildren().clear();
                    for (int i = 0; i < list.size(); i++) {
                        Label name = new Label(list.get(i).name());
                        name.getStyleClass().add("quiet");
                        name.setMinWidth(USE_PREF_SIZE);
                        TextLine value = new TextLine(list.get(i).value());
                        GridPane.setHgrow(value, Priority.ALWAYS);
                        facts.addRow(i, name, value);
                    }
                });
        getChildren()
                .setAll(
                        facts,
                        verdict("verdict", ReceiptDetail::verdict),
                        verdict("log-verdict", ReceiptDetail::log),
                        new TroubleLine(model.provingTroubleProperty()),
                        buttons(saveAs));
        Shown.when(detail.map(Optional::isPresent), this);
    }

    private Node verdict(String id, Function<ReceiptDetail, Optional<ReceiptDetail.Verdict>> which) {
        FontIcon icon = new FontIcon(Feather.CHECK_CIRCLE);
        TextLine sentence = new TextLine("");
        sentence.setId(id);
        HBox row = new HBox(icon, sentence);
        row.getStyleClass().add("verdict");
        detail.map(chosen -> chosen.flatMap(which)).subscribe(said -> {
            Shown.set(row, said.isPresent());
            said.ifPresent(verdict -> {
                sentence.setText(verdict.sentence());
                icon.setIconCode(verdict.holds() ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE);
                row.pseudoClassStateChanged(GOOD, verdict.holds());
                row.pseudoClassStateChanged(BAD, !verdict.holds());
            });
        });
        return row;
    }

    private Node buttons(Function<String, Optional<Path>> saveAs) {
        Button verify = WholeButton.of("verify", messages.text("earnings.receipt.verify"), model::verify);
        Button prove = WholeButton.of("prove", messages.text("earnings.receipt.prove"), model::prove);
        prove.disableProperty().bind(model.provingProperty());
        Button copy = WholeButton.of("copy-receipt", messages.text("earnings.receipt.copy"), this::copy);
        Button save = WholeButton.of(
                "save-receipt",
                messages.text("earnings.receipt.save"),
                () -> saveAs.apply("peerllm-receipt.json").ifPresent(model::save));
        FlowPane row = new FlowPane(verify, prove, copy, save);
        row.getStyleClass().add("earnings-buttons");
        return row;
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        detail.getValue().ifPresent(chosen -> content.putString(chosen.json()));
        if (!content.isEmpty()) Clipboard.getSystemClipboard().setContent(content);
    }
}
