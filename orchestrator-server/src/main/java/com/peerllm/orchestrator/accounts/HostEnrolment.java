package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Who may serve: every host that proves its key is let in, once its account is open, unless it is blocked. */
public final class HostEnrolment {

    /** @param maxHosts how many hosts are ever known at once */
    public HostEnrolment(Database database, Ledger ledger, InstantSource clock, int maxHosts) {}

    /** Looks the host up and takes it in when it is new. Reads and writes the database: call it on a virtual thread. */
    public Enrolment enrol(PeerKey provenKey) {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<KnownHost> find(HostId host) {
        throw new UnsupportedOperationException("not yet");
    }

    /** In order of id, so many after this one. */
    public List<KnownHost> list(Optional<HostId> after, int atMost) {
        throw new UnsupportedOperationException("not yet");
    }

    /** @return false when the host is not known */
    public boolean block(HostId host, String reason) {
        throw new UnsupportedOperationException("not yet");
    }

    /** @return false when the host is not known */
    public boolean unblock(HostId host) {
        throw new UnsupportedOperationException("not yet");
    }
}
