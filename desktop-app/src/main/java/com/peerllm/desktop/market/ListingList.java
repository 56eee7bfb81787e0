package com.peerllm.desktop.market;

import com.peerllm.desktop.toolkit.EmptyState;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import com.peerllm.desktop.toolkit.WholeButton;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The person's listings with their search, or how to begin while there are none. */
final class ListingList extends VBox {

    ListingList(MarketViewModel model, Messages messages, Runnable chooseModel, Runnable chooseFolder) {
        getStyleClass().add("listing-list");
        VBox empty = new VBox(new EmptyState(
                Feather.TAG,
                messages.text("market.empty"),
                messages.text("market.empty.next"),
                button("empty-model", messages.text("market.choose.model"), chooseModel, true),
                button("empty-folder", messages.text("market.choose.folder"), chooseFolder, false)));
        empty.getStyleClass().addAll("card", "drop-place");
        VBox some = some(model, messages);
        VBox.setVgrow(some, Priority.ALWAYS);
        getChildren()
                .setAll(
                        new TroubleLine(model.troubleProperty()),
                        Shown.when(model.anyProperty().map(any -> !any), empty),
                        Shown.when(model.anyProperty(), some));
    }

    private static Button button(String id, String text, Runnable action, boolean first) {
        Button button = WholeButton.of(id, text, action);
        if (first) button.getStyleClass().add("accent");
        return button;
    }

    private static VBox some(MarketViewModel model, Messages messages) {
        TextField search = new TextField();
        search.setId("search-listings");
        search.setPromptText(messages.text("market.search"));
        search.setAccessibleText(messages.text("market.search"));
        search.textProperty().bindBidirectional(model.searchProperty());
        ListView<ListingLine> list = new ListView<>(model.lines());
        list.setId("listings");
        list.getStyleClass().add("listings");
        list.setAccessibleText(messages.text("market.list.name"));
        list.setPlaceholder(new TextLine(messages.text("market.search.none"), "quiet"));
        list.setCellFactory(view -> new ListingCell(model, messages));
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox all = new VBox(search, list);
        all.getStyleClass().add("listing-list");
        return all;
    }
}
