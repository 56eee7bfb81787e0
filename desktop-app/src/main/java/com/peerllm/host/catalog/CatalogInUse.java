package com.peerllm.host.catalog;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.published.DailyLook;
import com.peerllm.host.published.LastLook;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalogue that a running program uses, kept up to date: a newer one is looked for once a day. */
public final class CatalogInUse implements Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(CatalogInUse.class);

    private final NewerCatalog newer;
    private final Mailbox mailbox;
    private final DailyLook daily;
    private final Signal<Catalog> current;

    public CatalogInUse(
            NewerCatalog newer, LastLook last, Alarms alarms, RandomGenerator random, ThreadFactory threads) {
        this.newer = newer;
        mailbox = new Mailbox(threads);
        daily = new DailyLook(last, alarms, random, () -> mailbox.post(this::look));
        current = new Signal<>(newer.inUse());
    }

    public Signal<Catalog> current() {
        return current;
    }

    private void look() {
        try {
            if (!newer.look()) return;
            current.set(newer.inUse());
            log.info("Catalogue {} is in use now", current.get().version());
        } catch (HostException e) {
            log.info("No newer catalogue: {}", e.sentence());
        }
    }

    @Override
    public void start() {
        if (newer.hasAddress()) daily.start();
    }

    @Override
    public void stop() {
        daily.stop();
        mailbox.close();
    }
}
