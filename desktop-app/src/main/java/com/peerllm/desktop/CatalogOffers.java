package com.peerllm.desktop;

import com.peerllm.desktop.models.CatalogOffer;
import com.peerllm.host.LocalHost;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.Catalog;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.ModelChoice;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** The catalogue with what each entry would be on this computer; told anew when something was measured here or a newer one came. */
final class CatalogOffers implements AutoCloseable {
    private final LocalHost host;
    private final Signal<Catalog> catalog;
    private final Mailbox reader;
    private final Signal<List<CatalogOffer>> offers = new Signal<>(List.of());
    private final Signal<Instant> writtenAt;
    private final List<Signal.Subscription> watching;

    /** The reader's. */
    private Optional<Basis> basis = Optional.empty();

    /** All that the offers follow from: the states of engines, which change more often, do not count. */
    private record Basis(Catalog catalog, Advisor advisor) {}

    CatalogOffers(LocalHost host, Signal<Catalog> catalog, ThreadFactory threads) {
        this.host = host;
        this.catalog = catalog;
        reader = new Mailbox(threads);
        writtenAt = new Signal<>(catalog.get().writtenAt());
        watching = List.of(
                host.models().all().subscribe(models -> reader.post(this::read)),
                catalog.subscribe(newer -> reader.post(this::read)));
    }

    Signal<List<CatalogOffer>> offers() {
        return offers;
    }

    /** When the catalogue in use was signed. */
    Signal<Instant> writtenAt() {
        return writtenAt;
    }

    private void read() {
        Catalog current = catalog.get();
        writtenAt.set(current.writtenAt());
        Optional<Basis> now = host.advisor().map(advisor -> new Basis(current, advisor));
        if (now.isEmpty() || now.equals(basis)) return;
        basis = now;
        offers.set(offers(now.get()));
    }

    private static List<CatalogOffer> offers(Basis on) {
        Optional<CatalogModel> best = ModelChoice.of(on.catalog(), on.advisor()).map(ModelChoice::model);
        return on.catalog().models().stream()
                .map(model -> offer(model, on.advisor(), best))
                .toList();
    }

    private static CatalogOffer offer(CatalogModel model, Advisor advisor, Optional<CatalogModel> best) {
        return new CatalogOffer(
                model,
                model.variants().stream()
                        .map(variant -> advisor.of(model, variant))
                        .toList(),
                best.filter(model::equals).isPresent());
    }

    @Override
    public void close() {
        watching.forEach(Signal.Subscription::close);
        reader.close();
    }
}
