package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.LedgerException;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.HostStore;
import com.peerllm.orchestrator.storage.HostStore.HostRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may serve: every host that proves its key is let in, unless it is blocked or the orchestrator is full.
 *
 * <p>Safe for many threads. Every method reads or writes the database, so call it on a virtual thread.
 */
public final class HostEnrolment {
    private static final int LONGEST_REASON = 200;

    private final HostStore store;
    private final Ledger ledger;
    private final InstantSource clock;
    private final int maxHosts;
    /** Makes "count, then add" one step. Taken for hosts that are new, not for those that come back. */
    private final ReentrantLock adding = new ReentrantLock();

    /** @param maxHosts how many hosts are ever known at once; each has an account in memory */
    public HostEnrolment(Database database, Ledger ledger, InstantSource clock, int maxHosts) {
        this.store = database.hosts();
        this.ledger = ledger;
        this.clock = clock;
        this.maxHosts = maxHosts;
    }

    /**
     * Looks a host up, and takes it in when it is new: it gets an account and is remembered.
     *
     * @param provenKey of which the host has shown that it holds the secret half
     * @throws LedgerException with code {@code UNAVAILABLE} when no account can be opened now
     */
    public Enrolment enrol(PeerKey provenKey) {
        Optional<KnownHost> known = find(HostId.of(provenKey));
        return known.map(HostEnrolment::decide).orElseGet(() -> takeIn(provenKey));
    }

    private static Enrolment decide(KnownHost host) {
        return host.blockedReason()
                .<Enrolment>map(reason -> new Enrolment.Blocked(host, reason))
                .orElseGet(() -> new Enrolment.Enrolled(host, false));
    }

    private Enrolment takeIn(PeerKey key) {
        adding.lock();
        try {
            HostId id = HostId.of(key);
            Optional<KnownHost> meanwhile = find(id);
            if (meanwhile.isPresent()) return decide(meanwhile.get());
            if (store.count() >= maxHosts) return new Enrolment.Full(maxHosts);
            openAccount(id);
            HostRow row = new HostRow(id, key, clock.millis(), Optional.empty());
            store.insert(row);
            return new Enrolment.Enrolled(host(row), true);
        } finally {
            adding.unlock();
        }
    }

    private void openAccount(HostId host) {
        try {
            ledger.openAccount(AccountId.ofHost(host)).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException refused) throw refused;
            throw e;
        }
    }

    public Optional<KnownHost> find(HostId host) {
        return store.find(host).map(HostEnrolment::host);
    }

    /** In order of id, so many after this one. */
    public List<KnownHost> list(Optional<HostId> after, int atMost) {
        return store.after(after.map(HostId::value).orElse(""), atMost).stream()
                .map(HostEnrolment::host)
                .toList();
    }

    /**
     * Shuts a host out from its next connection on; ending the one it has is up to the caller.
     *
     * @param reason a sentence for its owner, up to 200 characters
     * @return false when the host is not known
     */
    public boolean block(HostId host, String reason) {
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("A reason has at most " + LONGEST_REASON + " characters");
        }
        return store.setBlocked(host, Optional.of(reason));
    }

    /** @return false when the host is not known */
    public boolean unblock(HostId host) {
        return store.setBlocked(host, Optional.empty());
    }

    private static KnownHost host(HostRow row) {
        return new KnownHost(row.id(), row.key(), Instant.ofEpochMilli(row.firstSeenAtMillis()), row.blockedReason());
    }
}
