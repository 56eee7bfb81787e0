package com.peerllm.orchestrator.audit;

import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.wire.ModelFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Draws who checks an answer: any host with the same model in memory, one that is known before a newcomer. Lives on the event loop. */
final class Auditors {
    /** Of a longer list so many are looked at, drawn at random. */
    private static final int LOOKED_AT = 64;

    private final HostRegistry registry;
    private final RandomGenerator random;

    Auditors(HostRegistry registry, RandomGenerator random) {
        this.registry = registry;
        this.random = random;
    }

    /**
     * @param not who made the answer and who was asked already
     * @param trustedOnly whether newcomers are left out
     */
    Optional<ServedModel> draw(ModelDigest model, Set<HostId> not, boolean trustedOnly) {
        List<ServedModel> known = new ArrayList<>();
        List<ServedModel> newcomers = new ArrayList<>();
        for (ServedModel each : sample(registry.serving(model))) {
            if (!not.contains(each.host()) && canAudit(each)) (each.newcomer() ? newcomers : known).add(each);
        }
        List<ServedModel> best = known.isEmpty() && !trustedOnly ? newcomers : known;
        return best.isEmpty() ? Optional.empty() : Optional.of(best.get(random.nextInt(best.size())));
    }

    private List<ServedModel> sample(List<ServedModel> serving) {
        if (serving.size() <= LOOKED_AT) return serving;
        List<ServedModel> drawn = new ArrayList<>(LOOKED_AT);
        for (int i = 0; i < LOOKED_AT; i++) drawn.add(serving.get(random.nextInt(serving.size())));
        return drawn;
    }

    private static boolean canAudit(ServedModel served) {
        return served.offers(ModelFeature.AUDIT)
                && served.loadMillis() == 0
                && !served.draining()
                && !served.breakerOpen()
                && served.reputation() > 0;
    }
}
