package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Downloads;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;

/** The downloads, for the Models screen and for the strip at the foot of every screen. Belongs to the thread of the screens. */
public final class DownloadsViewModel implements ScreenModel {
    private final Messages messages;
    private final FxSignals signals;
    private final RowsById<Download, DownloadRow> rows;
    private final ReadOnlyObjectWrapper<Optional<Leading>> leading = new ReadOnlyObjectWrapper<>(Optional.empty());

    /**
     * The one download to show where there is room for one.
     *
     * @param others how many there are besides, in words that follow the name; empty when there are none
     */
    public record Leading(DownloadRow row, String others) {}

    public DownloadsViewModel(Downloads downloads, Workbench bench) {
        messages = bench.messages();
        DownloadWording wording = new DownloadWording(messages);
        signals = new FxSignals(bench.fxThread());
        rows = new RowsById<>(
                Download::id, download -> new DownloadRow(download, downloads, wording, bench), DownloadRow::show);
        signals.follow(downloads.all()).subscribe(this::show);
    }

    private void show(List<Download> downloads) {
        rows.show(downloads);
        List<DownloadRow> unfinished = rows.rows().stream()
                .filter(row -> kind(row) != DownloadFace.Kind.DONE)
                .toList();
        leading.set(unfinished.stream()
                .min(Comparator.comparing(DownloadsViewModel::kind))
                .map(row -> new Leading(row, others(unfinished.size() - 1))));
    }

    private static DownloadFace.Kind kind(DownloadRow row) {
        return row.faceProperty().get().kind();
    }

    private String others(int count) {
        return count == 0 ? "" : " " + messages.text("models.strip.others", count);
    }

    /** All that are on the list, finished ones too, in the order in which they were asked for. */
    public ObservableList<DownloadRow> rows() {
        return rows.rows();
    }

    /** The most telling one of those that are not finished. */
    public ReadOnlyObjectProperty<Optional<Leading>> leadingProperty() {
        return leading.getReadOnlyProperty();
    }

    @Override
    public void refresh() {
        rows.rows().stream()
                .filter(row -> kind(row) == DownloadFace.Kind.RETRYING)
                .forEach(DownloadRow::refresh);
    }

    @Override
    public void close() {
        signals.close();
    }
}
