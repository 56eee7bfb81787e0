package com.peerllm.desktop.earnings;

import java.util.List;
import java.util.Optional;

/**
 * The earnings of a time, ready to be read.
 *
 * @param empty whether no receipt ever came; then only {@code note} says something
 * @param total by verified receipts
 * @param note what the total is made of
 * @param electricity what it cost, or why that is not known
 * @param net what is left, or that it is not known
 * @param days which days these are
 */
public record Overview(
        boolean empty,
        String total,
        String note,
        String electricity,
        String net,
        Optional<String> disputed,
        List<Bar> bars,
        String most,
        List<OfModel> models,
        String days) {

    /** How much time is shown. */
    public enum Span {
        TODAY,
        WEEK,
        MONTH
    }

    /**
     * One bar.
     *
     * @param share of the highest one, 0 to 1
     * @param label short, for the axis
     * @param sentence the whole truth about it
     */
    public record Bar(double share, String label, String sentence) {}

    /** What one model earned in this time. */
    public record OfModel(String name, String earned, String answers, double share) {}
}
