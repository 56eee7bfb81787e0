package com.peerllm.desktop;

import com.peerllm.desktop.models.CatalogOffer;
import com.peerllm.host.LocalHost;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.Catalog;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.ModelChoice;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** The catalogue with what each entry would be on this computer; told anew when something was measured here. */
final class CatalogOffers implements AutoCloseable {
    private final LocalHost host;
    private final Catalog catalog;
    private final Mailbox reader;
    private final Signal<List<CatalogOffer>> offers = new Signal<>(List.of());
    private final Signal.Subscription watching;

    CatalogOffers(LocalHost host, Catalog catalog, ThreadFactory threads) {
        this.host = host;
        this.catalog = catalog;
        reader = new Mailbox(threads);
        watching = host.models().all().subscribe(models -> reader.post(this::read));
    }

    Signal<List<CatalogOffer>> offers() {
        return offers;
    }

    private void read() {
        Optional<Advisor> advisor = host.advisor();
        if (advisor.isEmpty()) return;
        Optional<CatalogModel> best = ModelChoice.of(catalog, advisor.get()).map(ModelChoice::model);
        offers.set(catalog.models().stream()
                .map(model -> offer(model, advisor.get(), best))
                .toList());
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
        watching.close();
        reader.close();
    }
}
