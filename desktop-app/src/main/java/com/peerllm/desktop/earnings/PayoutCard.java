package com.peerllm.desktop.earnings;

import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.FigureText;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import com.peerllm.desktop.toolkit.TwoStepButton;
import java.util.function.Function;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the network owes this host and has paid it, what comes next, and how it is paid. */
final class PayoutCard extends VBox {
    private final PayoutViewModel model;
    private final Messages messages;
    private final ObservableValue<PayoutWords> words;

    PayoutCard(PayoutViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        words = model.wordsProperty();
        TextLine next = TextLine.of(words.map(PayoutWords::next));
        next.setId("next-payout");
        getChildren()
                .setAll(new Card(
                        messages.text("earnings.payout"),
                        sums(),
                        next,
                        progress(),
                        new TroubleLine(words.map(PayoutWords::trouble)),
                        asOf(),
                        payouts(),
                        payee()));
    }

    private Node sums() {
        VBox lines = new VBox(
                sum("pending", messages.text("earnings.payout.pending"), PayoutWords.Sums::pending),
                sum("mature", messages.text("earnings.payout.mature"), PayoutWords.Sums::mature),
                sum("in-transit", messages.text("earnings.payout.inTransit"), PayoutWords.Sums::inTransit),
                sum("paid", messages.text("earnings.payout.paid"), PayoutWords.Sums::paid));
        lines.getStyleClass().add("earnings-rows");
        return Shown.when(words.map(now -> now.sums().isPresent()), lines);
    }

    private Node sum(String id, String name, Function<PayoutWords.Sums, String> which) {
        FigureText figure =
                new FigureText(words.map(now -> now.sums().map(which).orElse("")));
        figure.setId(id);
        return line(name, figure);
    }

    private static HBox line(String name, Node value) {
        Label label = new Label(name);
        label.getStyleClass().add("quiet");
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        HBox line = new HBox(label, value);
        line.getStyleClass().add("button-row");
        return line;
    }

    private Node progress() {
        ShareBar bar = ShareBar.of(words.map(now -> now.progress().orElse(0.0)));
        return Shown.when(words.map(now -> now.progress().isPresent()), bar);
    }

    private Node asOf() {
        TextLine line = TextLine.ofOptional(words.map(PayoutWords::asOf), "quiet");
        line.setId("payout-as-of");
        HBox.setHgrow(line, Priority.ALWAYS);
        line.setMaxWidth(Double.MAX_VALUE);
        Button ask = new Button(messages.text("earnings.payout.ask"));
        ask.setId("ask-payouts");
        ask.setMinWidth(USE_PREF_SIZE);
        ask.disableProperty().bind(words.map(PayoutWords::asking));
        ask.setOnAction(pressed -> model.ask());
        HBox row = new HBox(line, ask);
        row.getStyleClass().add("button-row");
        return Shown.when(words.map(PayoutWords::canSetPayee), row);
    }

    private Node payouts() {
        VBox rows = new VBox();
        rows.getStyleClass().add("earnings-rows");
        words.subscribe(now -> rows.getChildren()
                .setAll(now.payouts().stream()
                        .map(paid -> line(
                                paid.when() + "  " + paid.state(),
                                new FigureText(new SimpleStringProperty(paid.amount()))))
                        .toList()));
        return Shown.when(words.map(now -> !now.payouts().isEmpty()), rows);
    }

    private Node payee() {
        TextLine state = TextLine.of(words.map(PayoutWords::payee));
        state.setId("payee");
        TextField method = new TextField();
        method.setId("payee-method");
        method.setPrefColumnCount(6);
        method.setAccessibleText(messages.text("earnings.payee.method"));
        method.textProperty().bindBidirectional(model.methodProperty());
        TextField details = new TextField();
        details.setId("payee-details");
        details.setPromptText(messages.text("earnings.payee.example"));
        details.setAccessibleText(messages.text("earnings.payee.details"));
        details.textProperty().bindBidirectional(model.detailsProperty());
        details.setOnAction(entered -> model.send());
        HBox.setHgrow(details, Priority.ALWAYS);
        HBox fields = new HBox(method, details);
        Button send = new Button(messages.text("earnings.payee.send"));
        send.setId("send-payee");
        send.setMinWidth(USE_PREF_SIZE);
        send.setOnAction(pressed -> model.send());
        send.disableProperty().bind(model.sendingProperty());
        TwoStepButton erase = new TwoStepButton(
                messages.text("earnings.payee.erase"), messages.text("earnings.payee.erase.sure"), model::erase);
        erase.setId("erase-payee");
        FlowPane buttons = new FlowPane(send, erase);
        fields.getStyleClass().add("button-row");
        buttons.getStyleClass().add("earnings-buttons");
        VBox part = new VBox(
                state,
                fields,
                buttons,
                new TroubleLine(model.troubleProperty()),
                TextLine.ofOptional(model.saidProperty(), "quiet"),
                TextLine.quiet(messages.text("earnings.payee.about")));
        part.getStyleClass().add("earnings-payee");
        return Shown.when(words.map(PayoutWords::canSetPayee), part);
    }
}
