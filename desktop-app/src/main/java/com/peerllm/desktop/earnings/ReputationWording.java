package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.ReputationWords.Move;
import com.peerllm.desktop.earnings.ReputationWords.OfModel;
import com.peerllm.desktop.earnings.ReputationWords.Part;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.reputation.EvidenceReplay;
import com.peerllm.host.reputation.LatelyMoved;
import com.peerllm.host.reputation.ReputationNews;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.ReputationReport;
import com.peerllm.shared.reputation.Score;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a report of reputation into words. */
public final class ReputationWording {
    /** The best score and the best speed. */
    private static final double BEST = 2;

    private static final int MOST_MOVES = 6;

    private final Messages messages;
    private final NumberFormat score;
    private final NumberFormat percent;
    private final DateTimeFormatter time;

    public ReputationWording(Messages messages, ZoneId zone) {
        this.messages = messages;
        score = NumberFormat.getNumberInstance(messages.locale());
        score.setMinimumFractionDigits(2);
        score.setMaximumFractionDigits(2);
        percent = NumberFormat.getPercentInstance(messages.locale());
        percent.setMaximumFractionDigits(1);
        time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(messages.locale())
                .withZone(zone);
    }

    /** @param names of models by digest, as receipts have them */
    ReputationWords of(ReputationNews news, Map<ModelDigest, String> names) {
        Optional<ReputationReport> report = news.report();
        List<OfModel> models = report.map(ReputationReport::models).orElse(List.of()).stream()
                .map(model -> model(model, names))
                .toList();
        return new ReputationWords(
                models,
                note(news, models),
                report.map(LatelyMoved::of).orElse(List.of()).stream()
                        .limit(MOST_MOVES)
                        .map(move -> new Move(move.good(), moved(move)))
                        .toList(),
                report.flatMap(this::excluded),
                report.map(told -> messages.text("earnings.reputation.asOf", time(told.computedAtMillis()))),
                news.trouble(),
                report.isPresent(),
                news.asking());
    }

    private String note(ReputationNews news, List<OfModel> models) {
        if (!models.isEmpty()) return messages.text("earnings.reputation.note");
        if (!news.networkKnown()) return messages.text("earnings.reputation.noNetwork");
        if (news.report().isPresent()) return messages.text("earnings.reputation.nothingYet");
        return news.asking()
                ? messages.text("earnings.reputation.asking")
                : messages.text("earnings.reputation.unknown");
    }

    private OfModel model(ReputationReport.OfModel model, Map<ModelDigest, String> names) {
        Score of = model.score();
        return new OfModel(
                names.getOrDefault(model.model(), model.model().shortForm()),
                score.format(of.value()),
                Math.clamp(of.value() / BEST, 0, 1),
                of.newcomer()
                        ? messages.text(
                                "earnings.reputation.newcomer", model.history().answers())
                        : messages.text(
                                "earnings.reputation.answers",
                                model.history().answers(),
                                model.history().failures()),
                List.of(
                        new Part(
                                messages.text("earnings.reputation.honesty"),
                                of.honesty() > 0
                                        ? messages.text("earnings.reputation.honesty.good")
                                        : messages.text("earnings.reputation.honesty.bad"),
                                of.honesty(),
                                messages.text("earnings.reputation.honesty.meaning")),
                        new Part(
                                messages.text("earnings.reputation.success"),
                                percent.format(of.success()),
                                of.success(),
                                messages.text("earnings.reputation.success.meaning")),
                        new Part(
                                messages.text("earnings.reputation.speed"),
                                messages.text("earnings.reputation.speed.value", score.format(of.speed())),
                                of.speed() / BEST,
                                messages.text("earnings.reputation.speed.meaning")),
                        new Part(
                                messages.text("earnings.reputation.uptime"),
                                percent.format(of.uptime()),
                                of.uptime(),
                                messages.text("earnings.reputation.uptime.meaning"))));
    }

    private Optional<String> excluded(ReputationReport report) {
        if (report.excludedUntilMillis() <= report.computedAtMillis()) return Optional.empty();
        return Optional.of(messages.text("earnings.reputation.excluded", time(report.excludedUntilMillis())));
    }

    /** One sentence about what moved a reputation, such as "2 answers stopped half-way in the last days". */
    public String moved(LatelyMoved.Move move) {
        long count = move.count();
        return switch (move.name()) {
            case "answered" -> messages.text("earnings.moved.answered", count);
            case "confirmed" -> messages.text("earnings.moved.confirmed", count);
            case "absent" -> messages.text("earnings.moved.absent", count);
            case "connection_lost" -> messages.text("earnings.moved.connectionLost", count);
            case "engine_failed" -> messages.text("earnings.moved.engineFailed", count);
            case "first_token_late" -> messages.text("earnings.moved.firstTokenLate", count);
            case "stalled" -> messages.text("earnings.moved.stalled", count);
            case "bad_arguments" -> messages.text("earnings.moved.badArguments", count);
            case "said_nothing" -> messages.text("earnings.moved.saidNothing", count);
            case "overclaimed_prompt" -> messages.text("earnings.moved.overclaimedPrompt", count);
            case "nothing_delivered" -> messages.text("earnings.moved.nothingDelivered", count);
            case "audit_failed" -> messages.text("earnings.moved.auditFailed", count);
            case "impossible_tokens" -> messages.text("earnings.moved.impossibleTokens", count);
            case "false_signature" -> messages.text("earnings.moved.falseSignature", count);
            default -> messages.text("earnings.moved.other", count, move.name());
        };
    }

    /** What came of adding the evidence up again. */
    String outcome(EvidenceReplay.Outcome outcome) {
        if (outcome.differences().isEmpty())
            return messages.text("earnings.recompute.equal", outcome.pieces(), outcome.folded());
        return messages.text("earnings.recompute.differs", String.join("; ", outcome.differences()));
    }

    private String time(long millis) {
        return time.format(Instant.ofEpochMilli(millis));
    }
}
