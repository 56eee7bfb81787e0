package com.peerllm.orchestrator.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a check of the log's files against the tables found.
 *
 * @param size leaves of the checked log
 * @param damagedFiles number of files that are missing or say something else than the tables
 * @param damages the first of them with the first place where they differ, one sentence each
 * @param contradiction that the tables do not lead to the signed root, one sentence; then the files may be right
 */
public record LogReport(long size, long damagedFiles, List<String> damages, Optional<String> contradiction) {
    public boolean clean() {
        return damagedFiles == 0 && contradiction.isEmpty();
    }

    /** The same with one more damaged file, at the front. */
    LogReport with(String file, String damage) {
        List<String> all = new ArrayList<>();
        all.add(file + ": " + damage);
        all.addAll(damages);
        return new LogReport(size, damagedFiles + 1, List.copyOf(all), contradiction);
    }
}
