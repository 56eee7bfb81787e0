package com.peerllm.desktop;

import com.peerllm.host.HostModels;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.Download;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers the model that was chosen in the first steps as soon as it has arrived, also after another start of the program. */
final class OfferWhenHere implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OfferWhenHere.class);

    private final HostModels models;
    private final Supplier<Optional<String>> waitedFor;
    private final Consumer<String> offered;
    private final Signal.Subscription downloads;
    private final Signal.Subscription arrivals;

    /**
     * @param waitedFor name of the model that is to be offered; empty when none is waited for
     * @param offered told when that was done
     */
    OfferWhenHere(
            Signal<List<Download>> downloads,
            HostModels models,
            Executor background,
            Supplier<Optional<String>> waitedFor,
            Consumer<String> offered) {
        this.models = models;
        this.waitedFor = waitedFor;
        this.offered = offered;
        this.downloads = downloads.subscribe(all -> background.execute(this::look));
        arrivals = models.all().subscribe(all -> background.execute(this::look));
    }

    private synchronized void look() {
        Optional<String> name = waitedFor.get();
        if (name.isEmpty()) return;
        boolean here = models.all().get().stream()
                .anyMatch(model -> model.file().name().equals(name.get()));
        if (!here) return;
        try {
            models.offer(name.get(), true);
            offered.accept(name.get());
        } catch (HostException e) {
            log.warn("The model of the first steps could not be offered: {}", e.problem());
        }
    }

    @Override
    public void close() {
        downloads.close();
        arrivals.close();
    }
}
