package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.Overview.Span;
import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.ChoiceBar;
import com.peerllm.desktop.toolkit.EmptyState;
import com.peerllm.desktop.toolkit.FigureText;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Earnings over time, by model, their electricity, and what the network owes. */
final class OverviewView extends VBox {
    private final OverviewViewModel model;
    private final Messages messages;
    private final ObservableValue<Overview> overview;

    OverviewView(OverviewViewModel model, PayoutViewModel payout, Messages messages) {
        this.model = model;
        this.messages = messages;
        overview = model.overviewProperty();
        getStyleClass().add("earnings-part");
        GridPane lower = new GridPane();
        lower.getStyleClass().add("earnings-columns");
        for (int i = 0; i < 2; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(50);
            column.setHgrow(Priority.ALWAYS);
            lower.getColumnConstraints().add(column);
        }
        VBox right = new VBox(byModel(), new ElectricityCard(model, messages));
        right.getStyleClass().add("earnings-part");
        lower.addRow(0, new PayoutCard(payout, messages), right);
        getChildren().setAll(new TroubleLine(model.troubleProperty()), empty(), chart(), lower);
    }

    private Node empty() {
        Card card = new Card(
                messages.text("earnings.earned"),
                new EmptyState(
                        Feather.BAR_CHART_2, messages.text("earnings.empty"), messages.text("earnings.empty.next")));
        return Shown.when(overview.map(Overview::empty), card);
    }

    private Node chart() {
        EarningsBars bars = new EarningsBars(messages.text("earnings.chart"));
        bars.setId("chart");
        overview.subscribe(now -> bars.show(now.bars(), now.most()));
        TextLine chosen = TextLine.of(bars.sentenceProperty(), "quiet");
        chosen.setId("chosen-bar");
        FigureText total = new FigureText(overview.map(Overview::total));
        total.setId("total");
        total.getStyleClass().add("earnings-total");
        TextLine note = TextLine.of(overview.map(Overview::note), "quiet");
        VBox sum = new VBox(total, note);
        HBox.setHgrow(sum, Priority.ALWAYS);
        ChoiceBar<Span> spans = new ChoiceBar<>(
                messages.text("earnings.span"),
                List.of(
                        new ChoiceBar.Choice<>(Span.TODAY, messages.text("earnings.span.today")),
                        new ChoiceBar.Choice<>(Span.WEEK, messages.text("earnings.span.week")),
                        new ChoiceBar.Choice<>(Span.MONTH, messages.text("earnings.span.month"))),
                model.spanProperty(),
                model.spanProperty()::set);
        HBox head = new HBox(sum, spans);
        head.getStyleClass().add("earnings-head");
        Card card = new Card(messages.text("earnings.earned"), head, chosen, bars, net(), days(), disputed());
        return Shown.when(overview.map(now -> !now.empty()), card);
    }

    private Node net() {
        TextLine electricity = TextLine.of(overview.map(Overview::electricity));
        electricity.setId("electricity");
        FigureText left = new FigureText(overview.map(Overview::net));
        left.setId("net");
        left.getStyleClass().add("card-value");
        VBox cost = named(messages.text("earnings.electricity"), electricity);
        VBox rest = named(messages.text("earnings.net"), left);
        HBox.setHgrow(cost, Priority.ALWAYS);
        rest.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(cost, rest);
        row.getStyleClass().add("earnings-net");
        return row;
    }

    private static VBox named(String name, Node value) {
        return new VBox(new TextLine(name, "field-label"), value);
    }

    private Node days() {
        return TextLine.of(overview.map(Overview::days), "quiet");
    }

    private Node disputed() {
        TextLine line = TextLine.ofOptional(overview.map(Overview::disputed), "disputed");
        line.setId("disputed");
        return line;
    }

    private Node byModel() {
        VBox rows = new VBox();
        rows.getStyleClass().add("earnings-rows");
        overview.subscribe(now -> rows.getChildren()
                .setAll(now.models().stream().map(OverviewView::row).toList()));
        TextLine none = TextLine.quiet(messages.text("earnings.models.none"));
        Shown.when(overview.map(now -> now.models().isEmpty()), none);
        return new Card(messages.text("earnings.models"), rows, none);
    }

    private static Node row(Overview.OfModel of) {
        TextLine answers = TextLine.quiet(of.answers());
        HBox.setHgrow(answers, Priority.ALWAYS);
        answers.setMaxWidth(Double.MAX_VALUE);
        FigureText earned = new FigureText(new javafx.beans.property.SimpleStringProperty(of.earned()));
        earned.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(answers, earned);
        line.getStyleClass().add("button-row");
        VBox row = new VBox(new TextLine(of.name()), new ShareBar(of.share()), line);
        row.getStyleClass().add("earnings-model");
        return row;
    }
}
