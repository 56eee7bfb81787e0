package com.peerllm.desktop.earnings;

import com.peerllm.desktop.toolkit.EmptyState;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.kordamp.ikonli.feather.Feather;

/** A page of receipts in a table, the newest first, and the chosen one below it. */
final class ReceiptsView extends VBox {
    private static final PseudoClass DISPUTED = PseudoClass.getPseudoClass("disputed");
    private static final double LEAST_TABLE = 216;
    private static final double WIDEST_NAME = 640;

    private final ReceiptsViewModel model;
    private final Messages messages;

    ReceiptsView(ReceiptsViewModel model, Messages messages, Function<String, Optional<Path>> saveAs) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("earnings-part");
        TableView<ReceiptRow> table = table();
        VBox.setVgrow(table, Priority.ALWAYS);
        Shown.when(Bindings.isNotEmpty(model.rows()), table);
        EmptyState empty = new EmptyState(
                Feather.FILE_TEXT,
                messages.text("earnings.receipts.none"),
                messages.text("earnings.receipts.none.next"));
        Shown.when(Bindings.isEmpty(model.rows()), empty);
        getChildren()
                .setAll(
                        new TroubleLine(model.readingTroubleProperty()),
                        empty,
                        table,
                        TextLine.ofOptional(model.whichProperty(), "quiet"),
                        below(saveAs),
                        new TroubleLine(model.writingTroubleProperty()),
                        TextLine.ofOptional(model.saidProperty(), "quiet"),
                        new ReceiptCard(model, messages, saveAs));
    }

    private TableView<ReceiptRow> table() {
        TableView<ReceiptRow> table = new TableView<>(model.rows());
        table.setId("receipts");
        table.getStyleClass().add("receipts");
        table.setAccessibleText(messages.text("earnings.receipts.table"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        TableColumn<ReceiptRow, String> when = column(messages.text("earnings.receipt.when"), 144, ReceiptRow::when);
        TableColumn<ReceiptRow, String> of = column(messages.text("earnings.receipt.model"), 152, ReceiptRow::model);
        of.setCellFactory(cells -> new WrappedCell());
        of.setMaxWidth(WIDEST_NAME);
        TableColumn<ReceiptRow, String> tokens =
                column(messages.text("earnings.receipt.tokens"), 96, ReceiptRow::tokens);
        TableColumn<ReceiptRow, String> earned =
                column(messages.text("earnings.receipt.earned"), 104, ReceiptRow::earned);
        tokens.getStyleClass().add("figure-column");
        earned.getStyleClass().add("figure-column");
        TableColumn<ReceiptRow, String> state = column(messages.text("earnings.receipt.state"), 80, ReceiptRow::status);
        table.getColumns().setAll(List.of(when, of, tokens, earned, state));
        table.setMinHeight(LEAST_TABLE);
        table.setRowFactory(view -> new Row());
        table.getSelectionModel().selectedItemProperty().subscribe(model::choose);
        return table;
    }

    private static TableColumn<ReceiptRow, String> column(
            String title, double width, Function<ReceiptRow, String> value) {
        TableColumn<ReceiptRow, String> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        column.setPrefWidth(width);
        column.setMinWidth(width);
        column.setMaxWidth(width * 1.25);
        // The order is by time; sorting a part of all receipts by anything else would mislead.
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    /** A long name goes on in the next line. */
    private static final class WrappedCell extends TableCell<ReceiptRow, String> {
        private static final double PADDING = 16;

        private final Text text = new Text();

        WrappedCell() {
            text.getStyleClass().add("wrapped");
            text.wrappingWidthProperty().bind(widthProperty().subtract(PADDING));
            setPrefHeight(USE_COMPUTED_SIZE);
        }

        @Override
        protected void updateItem(String name, boolean empty) {
            super.updateItem(name, empty);
            text.setText(empty || name == null ? "" : name);
            setGraphic(empty ? null : text);
        }
    }

    private static final class Row extends TableRow<ReceiptRow> {
        @Override
        protected void updateItem(ReceiptRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(DISPUTED, !empty && row != null && row.state() == ReceiptRow.State.DISPUTED);
        }
    }

    private Node below(Function<String, Optional<Path>> saveAs) {
        Button newer = new Button(messages.text("earnings.receipts.newer"));
        newer.setId("newer-receipts");
        newer.setOnAction(pressed -> model.showNewer());
        Shown.when(model.newerProperty(), newer);
        Button older = new Button(messages.text("earnings.receipts.older"));
        older.setId("older-receipts");
        older.setOnAction(pressed -> model.showOlder());
        Shown.when(model.olderProperty(), older);
        Button csv = new Button(messages.text("earnings.receipts.csv"));
        csv.setId("export-csv");
        csv.setOnAction(pressed -> saveAs.apply("peerllm-receipts.csv").ifPresent(model::exportCsv));
        HBox row = new HBox(newer, older, csv);
        row.getStyleClass().add("button-row");
        return Shown.when(Bindings.isNotEmpty(model.rows()), row);
    }
}
