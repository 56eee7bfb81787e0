package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.ReputationWords.Move;
import com.peerllm.desktop.earnings.ReputationWords.OfModel;
import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.EmptyState;
import com.peerllm.desktop.toolkit.FigureText;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What the network thinks of this host, what moved it, and whether its evidence says the same. */
final class ReputationView extends VBox {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final ReputationViewModel model;
    private final Messages messages;
    private final ObservableValue<ReputationWords> words;

    ReputationView(ReputationViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        words = model.wordsProperty();
        getStyleClass().add("earnings-part");
        VBox models = new VBox();
        models.getStyleClass().add("earnings-part");
        words.subscribe(now -> models.getChildren()
                .setAll(now.models().stream().map(this::card).toList()));
        getChildren()
                .setAll(
                        new TroubleLine(words.map(ReputationWords::trouble)),
                        new TroubleLine(words.map(ReputationWords::warning)),
                        unknown(),
                        models,
                        moved(),
                        check(),
                        foot());
    }

    private Node unknown() {
        TextLine note = TextLine.of(words.map(ReputationWords::note), "quiet");
        EmptyState empty = new EmptyState(Feather.AWARD, messages.text("earnings.reputation.none"), "");
        // Its second line changes with what is known.
        empty.getChildren().set(2, note);
        return Shown.when(words.map(now -> now.models().isEmpty()), empty);
    }

    private Node card(OfModel of) {
        FigureText score = new FigureText(new SimpleStringProperty(of.score()));
        score.getStyleClass().add("earnings-total");
        TextLine about = TextLine.quiet(of.about());
        GridPane parts = new GridPane();
        parts.getStyleClass().add("reputation-parts");
        for (int i = 0; i < 2; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(50);
            parts.getColumnConstraints().add(column);
        }
        for (int i = 0; i < of.parts().size(); i++) parts.add(part(of.parts().get(i)), i % 2, i / 2);
        return new Card(of.model(), score, new ShareBar(of.share()), about, parts);
    }

    private static Node part(ReputationWords.Part part) {
        TextLine name = new TextLine(part.name());
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        TextLine value = new TextLine(part.value());
        value.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(name, value);
        head.getStyleClass().add("button-row");
        VBox box = new VBox(head, new ShareBar(part.share()), TextLine.quiet(part.meaning()));
        box.getStyleClass().add("reputation-part");
        return box;
    }

    private Node moved() {
        VBox rows = new VBox();
        rows.getStyleClass().add("earnings-rows");
        words.subscribe(now -> rows.getChildren()
                .setAll(now.moved().stream().map(ReputationView::move).toList()));
        Card card = new Card(messages.text("earnings.moved"), rows);
        return Shown.when(words.map(now -> !now.moved().isEmpty()), card);
    }

    private static Node move(Move move) {
        FontIcon icon = new FontIcon(move.good() ? Feather.TRENDING_UP : Feather.TRENDING_DOWN);
        HBox row = new HBox(icon, new TextLine(move.sentence()));
        row.getStyleClass().add("verdict");
        row.pseudoClassStateChanged(GOOD, move.good());
        row.pseudoClassStateChanged(BAD, !move.good());
        return row;
    }

    private Node check() {
        Button button = new Button();
        button.setId("recompute");
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(pressed -> model.recompute());
        model.recomputingProperty()
                .subscribe(running -> button.setText(
                        running ? messages.text("earnings.recompute.cancel") : messages.text("earnings.recompute")));
        ProgressBar progress = new ProgressBar();
        progress.setAccessibleText(messages.text("earnings.recompute.progress"));
        progress.setFocusTraversable(false);
        progress.progressProperty().bind(model.progressProperty());
        progress.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(progress, Priority.ALWAYS);
        Shown.when(model.recomputingProperty(), progress);
        HBox row = new HBox(button, progress);
        row.getStyleClass().add("button-row");
        Card card = new Card(
                messages.text("earnings.recompute.heading"),
                TextLine.quiet(messages.text("earnings.recompute.about")),
                row,
                verdict(),
                new TroubleLine(model.recomputingTroubleProperty()));
        return Shown.when(words.map(ReputationWords::known), card);
    }

    private Node verdict() {
        FontIcon icon = new FontIcon(Feather.CHECK_CIRCLE);
        TextLine sentence = new TextLine("");
        sentence.setId("recompute-verdict");
        HBox row = new HBox(icon, sentence);
        row.getStyleClass().add("verdict");
        model.verdictProperty().subscribe((Optional<ReputationViewModel.Verdict> said) -> {
            Shown.set(row, said.isPresent());
            said.ifPresent(verdict -> {
                sentence.setText(verdict.sentence());
                icon.setIconCode(verdict.equal() ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE);
                row.pseudoClassStateChanged(GOOD, verdict.equal());
                row.pseudoClassStateChanged(BAD, !verdict.equal());
            });
        });
        return row;
    }

    private Node foot() {
        TextLine asOf = TextLine.ofOptional(words.map(ReputationWords::asOf), "quiet");
        Button ask = new Button(messages.text("earnings.reputation.ask"));
        ask.setId("ask-reputation");
        ask.setMinWidth(USE_PREF_SIZE);
        ask.disableProperty().bind(words.map(ReputationWords::asking));
        ask.setOnAction(pressed -> model.ask());
        HBox row = new HBox(ask, asOf);
        row.getStyleClass().add("button-row");
        return row;
    }
}
