package com.peerllm.orchestrator.auditor;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.SumNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The leaves of a busy log: a state, a top-up, then payments of other jobs each, signed by one of some hosts. */
final class MadePayments {
    private static final TokenPrice PRICE = new TokenPrice(new Credits(500_000_000), new Credits(1_500_000_000));
    private static final ModelDigest DIGEST = new ModelDigest("ab".repeat(32));

    private record Host(Ed25519PrivateKeyParameters secret, PeerKey key, HostId id) {}

    private final PeerKey orchestrator;
    private final List<Host> hosts = new ArrayList<>();
    private final Random random = new Random(1);
    private final int signEvery;
    private long made;

    MadePayments(PeerKey orchestrator, int hostCount, int signEvery) {
        this.orchestrator = orchestrator;
        this.signEvery = signEvery;
        for (int i = 0; i < hostCount; i++) {
            Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(new SecureRandom());
            PeerKey key = PeerKey.ofRaw(secret.generatePublicKey().getEncoded());
            hosts.add(new Host(secret, key, HostId.of(key)));
        }
    }

    String next() {
        long millis = 1_795_381_795_236L + made;
        LogLeaf leaf = made == 0 ? state(millis) : made == 1 ? topUp(millis) : payment(millis);
        made++;
        return leaf.text();
    }

    private static LogLeaf state(long millis) {
        Credits none = Credits.ZERO;
        return new LogLeaf.State(millis, none, none, none, none, none, none, none, 0, SumNode.EMPTY);
    }

    private LogLeaf topUp(long millis) {
        return new LogLeaf.Entry(
                millis,
                "top_up",
                AccountId.of("mint", "credits"),
                AccountId.of("consumer", hex32() + hex32()),
                Credits.ofDollars(1_000_000));
    }

    private LogLeaf payment(long millis) {
        Host host = hosts.get(random.nextInt(hosts.size()));
        int prompt = 10 + random.nextInt(1000);
        int completion = 1 + random.nextInt(1000);
        Credits charged = PRICE.cost(prompt, completion);
        RevenueSplit.Shares shares = RevenueSplit.STANDARD.of(charged);
        JobId job = new JobId("job_" + hex32());
        String delivered = hex32() + hex32();
        return new LogLeaf.Payment(
                "benchmark",
                job,
                0,
                millis,
                host.id(),
                host.key(),
                new ModelId("sprout-1.4m-q8_0"),
                DIGEST,
                prompt,
                completion,
                PRICE,
                charged,
                shares.host(),
                shares.network(),
                shares.creator(),
                Optional.empty(),
                hex32() + hex32(),
                delivered,
                made % signEvery == 0 ? Optional.of(signature(host, job, completion, delivered)) : Optional.empty(),
                orchestrator);
    }

    private static String signature(Host host, JobId job, int completion, String delivered) {
        byte[] statement = new DeliveryStatement(job, DIGEST, completion, delivered).message();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        host.secret().sign(Ed25519.Algorithm.Ed25519, null, statement, 0, statement.length, signature, 0);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private String hex32() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
}
