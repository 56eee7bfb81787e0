package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Downloads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One download and what a person does with it. Belongs to the thread of the screens. */
public final class DownloadRow implements HereRow {
    private final Downloads downloads;
    private final DownloadWording wording;
    private final InstantSource clock;
    private final Errand errand;
    private final ReadOnlyObjectWrapper<DownloadFace> face = new ReadOnlyObjectWrapper<>();
    private Download download;
    private Instant inThisStateSince;

    DownloadRow(Download download, Downloads downloads, DownloadWording wording, Workbench bench) {
        this.download = download;
        this.downloads = downloads;
        this.wording = wording;
        clock = bench.clock();
        errand = new Errand(bench);
        inThisStateSince = clock.instant();
    }

    void show(Download now) {
        if (!now.state().equals(download.state())) inThisStateSince = clock.instant();
        download = now;
        refresh();
    }

    /** Brings what depends on the time up to date. */
    void refresh() {
        face.set(wording.of(download, Duration.between(inThisStateSince, clock.instant())));
    }

    Download download() {
        return download;
    }

    public ReadOnlyObjectProperty<DownloadFace> faceProperty() {
        return face.getReadOnlyProperty();
    }

    /** Why the last thing that was asked for could not be done. */
    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return errand.troubleProperty();
    }

    public void pause() {
        errand.run(() -> downloads.pause(download.id()));
    }

    /** Goes on, or tries again. */
    public void resume() {
        errand.run(() -> downloads.resume(download.id()));
    }

    /** Deletes what was received, or takes a finished one off the list. */
    public void cancel() {
        errand.run(() -> downloads.cancel(download.id()));
    }
}
