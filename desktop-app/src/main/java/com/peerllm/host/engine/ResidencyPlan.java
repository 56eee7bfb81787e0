package com.peerllm.host.engine;

import com.peerllm.shared.model.ModelDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which models must leave memory before another is loaded, or why it cannot be: decided before anything is done. Pure. */
public sealed interface ResidencyPlan {

    /** It fits after these were unloaded, which may be none; least recently used first. */
    record Load(List<ModelDigest> evict) implements ResidencyPlan {}

    /** It does not fit, whatever may be unloaded now. */
    record Refused(String sentence) implements ResidencyPlan {}

    /**
     * A model in memory.
     *
     * @param movable neither pinned nor answering
     * @param lastUsed larger is more recent
     */
    record Resident(ModelDigest model, Footprint takes, boolean movable, long lastUsed) {}

    /**
     * Idle models leave in the order of their last use, and only those whose memory is needed.
     *
     * @param room what can be taken now, without unloading anything
     */
    static ResidencyPlan of(List<Resident> residents, Footprint need, Footprint room) {
        List<Resident> leaving = new ArrayList<>();
        Footprint got = room;
        List<Resident> idle = residents.stream()
                .filter(Resident::movable)
                .sorted(Comparator.comparingLong(Resident::lastUsed))
                .toList();
        for (Resident next : idle) {
            if (need.fitsIn(got)) break;
            leaving.add(next);
            got = got.plus(next.takes());
        }
        if (!need.fitsIn(got)) return new Refused(refusal(residents, need, got));
        return new Load(
                needed(leaving, need, room).stream().map(Resident::model).toList());
    }

    /** A small one that was chosen before a large one may be able to stay. */
    private static List<Resident> needed(List<Resident> leaving, Footprint need, Footprint room) {
        List<Resident> kept = new ArrayList<>(leaving);
        for (Resident candidate : leaving.reversed()) {
            Footprint without = room;
            for (Resident other : kept) if (other != candidate) without = without.plus(other.takes());
            if (need.fitsIn(without)) kept.remove(candidate);
        }
        return kept;
    }

    private static String refusal(List<Resident> residents, Footprint need, Footprint got) {
        boolean main = need.mainBytes() > got.mainBytes();
        long needed = main ? need.mainBytes() : need.deviceBytes();
        long available = main ? got.mainBytes() : got.deviceBytes();
        long staying = residents.stream().filter(each -> !each.movable()).count();
        String others = staying == 0 ? "" : ", with " + staying + " other models that are pinned or answering";
        return "Not enough memory%s: the model needs %s, %s can be had%s. Choose a smaller model or a shorter context."
                .formatted(main ? "" : " on the GPU", gigabytes(needed), gigabytes(available), others);
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
