package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.payouts.PayoutException.Kind;
import com.peerllm.orchestrator.storage.PayoutRows.LineMove;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a provider's results change in a batch; pure. */
final class Results {
    private Results() {}

    /**
     * The steps of the lines. A result that is recorded already changes nothing.
     *
     * @throws PayoutException when one is of another batch, or contradicts what was recorded
     */
    static List<LineMove> moves(PayoutBatch batch, List<PayoutResult> results, long nowMillis) {
        Map<String, LineRow> lines =
                batch.lines().stream().collect(Collectors.toMap(PayoutIds::of, Function.identity()));
        List<LineMove> moves = new ArrayList<>();
        for (PayoutResult result : results) {
            LineRow line = lines.get(result.payoutId());
            if (line == null) {
                throw new PayoutException(
                        Kind.NOT_FOUND,
                        "There is no payout " + result.payoutId() + " in batch "
                                + batch.batch().number() + "; nothing was recorded.");
            }
            move(line, result, nowMillis).ifPresent(moves::add);
        }
        return moves;
    }

    private static Optional<LineMove> move(LineRow line, PayoutResult result, long nowMillis) {
        LineState to = switch (result.outcome()) {
            case PAID -> LineState.PAYING;
            case FAILED -> LineState.RETURNING;
        };
        return switch (line.state()) {
            case SENT ->
                Optional.of(new LineMove(line.number(), LineState.SENT, to, Optional.of(result.note()), nowMillis));
            case PAYING, PAID -> again(line, result, PayoutResult.Outcome.PAID);
            case RETURNING, RETURNED -> again(line, result, PayoutResult.Outcome.FAILED);
            case PROPOSED, HELD_BACK, SENDING ->
                throw new PayoutException(
                        Kind.CONFLICT,
                        "Payout " + result.payoutId() + " was not given to the provider; nothing was recorded.");
        };
    }

    private static Optional<LineMove> again(LineRow line, PayoutResult result, PayoutResult.Outcome before) {
        if (result.outcome() == before && line.note().equals(Optional.of(result.note()))) return Optional.empty();
        throw new PayoutException(
                Kind.CONFLICT,
                "Payout " + result.payoutId() + " was recorded as " + before.word() + " ("
                        + line.note().orElse("") + ") before; nothing was recorded.");
    }
}
