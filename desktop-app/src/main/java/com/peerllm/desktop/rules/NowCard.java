package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One line that says what the rules mean now. */
final class NowCard extends VBox {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");

    NowCard(RulesViewModel model, Messages messages) {
        getStyleClass().addAll("card", "rules-now");
        ObservableValue<RulesStatus> status = model.statusProperty();
        FontIcon icon = new FontIcon(Feather.CHECK_CIRCLE);
        status.map(RulesStatus::kind).subscribe(kind -> {
            boolean good = kind == RulesStatus.Kind.MAY_SHARE;
            icon.setIconCode(good ? Feather.CHECK_CIRCLE : Feather.PAUSE_CIRCLE);
            pseudoClassStateChanged(GOOD, good);
        });
        Label sentence = TextLine.of(status.map(RulesStatus::sentence), "rules-sentence");
        sentence.setId("rules-now");
        Label detail = TextLine.ofOptional(status.map(RulesStatus::detail), "quiet");
        TroubleLine trouble = new TroubleLine(model.troubleProperty());
        trouble.setId("rules-trouble");
        VBox words = new VBox(sentence, detail);
        words.getStyleClass().add("rules-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        Button follow = new Button(messages.text("rules.now.follow"));
        follow.setId("rules-follow");
        follow.setMinWidth(USE_PREF_SIZE);
        follow.setOnAction(_ -> model.followRules());
        Shown.when(status.map(RulesStatus::decided), follow);
        HBox line = new HBox(icon, words, follow);
        line.getStyleClass().add("rules-now-line");
        getChildren().setAll(line, trouble);
    }
}
