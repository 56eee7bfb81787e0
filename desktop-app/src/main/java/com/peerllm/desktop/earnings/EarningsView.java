package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.EarningsViewModel.Part;
import com.peerllm.desktop.toolkit.ChoiceBar;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Page;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The screen about money and standing: overview, receipts, reputation. A part is built when it is first opened. */
public final class EarningsView extends StackPane {
    private final EarningsViewModel model;
    private final Messages messages;
    private final Function<String, Optional<Path>> saveAs;
    private final Map<Part, Node> built = new EnumMap<>(Part.class);

    /** @param saveAs asks the person where a file goes, given its usual name; empty when they changed their mind */
    public EarningsView(EarningsViewModel model, Messages messages, Function<String, Optional<Path>> saveAs) {
        this.model = model;
        this.messages = messages;
        this.saveAs = saveAs;
        getStyleClass().add("earnings");
        StackPane open = new StackPane();
        VBox.setVgrow(open, Priority.ALWAYS);
        Page page = new Page(messages.text("earnings.title"), open);
        page.beside(new ChoiceBar<>(
                messages.text("earnings.part"),
                List.of(
                        new ChoiceBar.Choice<>(Part.OVERVIEW, messages.text("earnings.part.overview")),
                        new ChoiceBar.Choice<>(Part.RECEIPTS, messages.text("earnings.part.receipts")),
                        new ChoiceBar.Choice<>(Part.REPUTATION, messages.text("earnings.part.reputation"))),
                model.partProperty(),
                model.partProperty()::set));
        model.partProperty().subscribe(part -> open.getChildren().setAll(built.computeIfAbsent(part, this::build)));
        getChildren().setAll(page);
    }

    private Node build(Part part) {
        return switch (part) {
            case OVERVIEW -> {
                model.payout().ask();
                yield new OverviewView(model.overview(), model.payout(), messages);
            }
            case RECEIPTS -> new ReceiptsView(model.receipts(), messages, saveAs);
            case REPUTATION -> {
                model.reputation().ask();
                yield new ReputationView(model.reputation(), messages);
            }
        };
    }
}
