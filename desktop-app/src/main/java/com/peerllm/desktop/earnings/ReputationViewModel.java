package com.peerllm.desktop.earnings;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.reputation.EvidenceReplay;
import com.peerllm.host.reputation.ReputationNews;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.model.ModelDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What the network thinks of this host, and the check of it. All of it belongs to the thread of the screens. */
public final class ReputationViewModel implements ScreenModel {
    private static final int RECEIPTS_WITH_NAMES = 500;

    private final EarningsSource source;
    private final Workbench bench;
    private final ReputationWording wording;
    private final FxSignals signals;
    private final Errand naming;
    private final Errand recomputing;
    private final ReadOnlyObjectProperty<ReputationNews> news;
    private final ReadOnlyObjectWrapper<ReputationWords> words = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Optional<Verdict>> verdict = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final AtomicReference<Double> waitingProgress = new AtomicReference<>();
    private Map<ModelDigest, String> names = Map.of();
    private Cancellation cancellation = new Cancellation();

    /** @param equal whether the evidence adds up to the score */
    public record Verdict(boolean equal, String sentence) {}

    ReputationViewModel(EarningsSource source, Workbench bench) {
        this.source = source;
        this.bench = bench;
        wording = new ReputationWording(bench.messages(), source.zone());
        signals = new FxSignals(bench.fxThread());
        naming = new Errand(bench);
        recomputing = new Errand(bench);
        news = signals.follow(source.reputation());
        news.subscribe(now -> {
            show();
            now.report().ifPresent(report -> readNames());
        });
    }

    public ReadOnlyObjectProperty<ReputationWords> wordsProperty() {
        return words.getReadOnlyProperty();
    }

    /** What the last check said. */
    public ReadOnlyObjectProperty<Optional<Verdict>> verdictProperty() {
        return verdict.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty recomputingProperty() {
        return recomputing.busyProperty();
    }

    /** 0 to 1. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<String>> recomputingTroubleProperty() {
        return recomputing.troubleProperty();
    }

    public void ask() {
        source.network().askReputation();
    }

    /** Downloads the evidence and adds it up again; or ends that, while it is going on. */
    public void recompute() {
        if (recomputing.busyProperty().get()) {
            cancellation.cancel();
            return;
        }
        Cancellation mine = new Cancellation();
        cancellation = mine;
        verdict.set(Optional.empty());
        progress.set(0);
        recomputing.ask(() -> source.network().recompute(this::tell, mine), this::show);
    }

    /** Called in the background, as often as it likes. */
    private void tell(double done) {
        if (waitingProgress.getAndSet(done) == null)
            bench.fxThread().execute(() -> progress.set(waitingProgress.getAndSet(null)));
    }

    private void show(EvidenceReplay.Outcome outcome) {
        verdict.set(Optional.of(new Verdict(outcome.differences().isEmpty(), wording.outcome(outcome))));
    }

    private void show() {
        words.set(wording.of(news.get(), names));
    }

    /** Reports name models by digest; receipts have the names that people know. */
    private void readNames() {
        naming.ask(() -> names(source.receipts().latest(0, RECEIPTS_WITH_NAMES)), found -> {
            names = found;
            show();
        });
    }

    private static Map<ModelDigest, String> names(List<StoredReceipt> receipts) {
        Map<ModelDigest, String> names = new HashMap<>();
        for (StoredReceipt stored : receipts)
            names.putIfAbsent(
                    stored.receipt().modelDigest(), stored.receipt().model().value());
        return names;
    }

    @Override
    public void close() {
        cancellation.cancel();
        signals.close();
    }
}
