package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.JobEvents;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.ledger.HoldDecision;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.ReleaseReason;
import com.peerllm.orchestrator.ledger.Settlement;
import com.peerllm.orchestrator.routing.Router;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.TokenFrame;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All running jobs: admits them against the ledger, brings them the hosts' messages, and has them paid when they end.
 * Lives on the event loop.
 */
public final class Jobs implements JobEvents {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final int REMEMBERED_CONVERSATIONS = 10_000;

    /** Least room for an answer that is worth starting when the consumer named no limit. */
    private static final int LEAST_COMPLETION = 16;

    /** More than half a nano-dollar for every host that one job may pass through. */
    private static final Credits ROUNDING = new Credits(8);

    private final HostRegistry registry;
    private final Router router;
    private final Ledger ledger;
    private final RevenueSplit split;
    private final JobLimits limits;
    private final LongSupplier nanoTime;
    private final Executor loop;
    private final Executor blocking;
    private final Set<Job> running = new HashSet<>();
    private final Map<HostConnection, Map<Long, Job>> byStream = new HashMap<>();
    private final Map<Integer, HostId> lastHost = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, HostId> eldest) {
            return size() > REMEMBERED_CONVERSATIONS;
        }
    };
    private final UndeliveredReceipts undelivered = new UndeliveredReceipts();
    private final CacheScopes cacheScopes;
    private int settling;

    /**
     * @param nanoTime a clock that never goes back
     * @param loop runs on the event loop
     * @param blocking runs what may wait or compute for long, off the event loop
     */
    public Jobs(
            HostRegistry registry,
            Router router,
            Ledger ledger,
            RevenueSplit split,
            JobLimits limits,
            CacheScopes cacheScopes,
            LongSupplier nanoTime,
            Executor loop,
            Executor blocking) {
        this.registry = registry;
        this.router = router;
        this.ledger = ledger;
        this.split = split;
        this.limits = limits;
        this.cacheScopes = cacheScopes;
        this.nanoTime = nanoTime;
        this.loop = loop;
        this.blocking = blocking;
    }

    /**
     * Sets the money aside and sends the job to a host.
     *
     * @return the running job, or empty when the answer was failed at once
     */
    public Optional<Job> start(JobRequest request, Answer answer) {
        int context = longestContext(request.model().digest());
        if (context > 0 && request.promptTokensAtLeast() >= context) {
            return refuse(
                    answer,
                    ApiError.badRequest(
                            "context_length_exceeded",
                            "messages",
                            "The conversation is longer than the " + context + " tokens that any host of '"
                                    + request.model().id() + "' can take."));
        }
        int room = context > 0 ? context : LEAST_COMPLETION;
        int maxTokens = Math.min(request.chat().maxTokens().orElse(room), room);
        int prompt = Math.min(request.promptTokensAtMost(), room);
        TokenPrice price = request.model().price();
        HoldDecision decision = ledger.hold(request.id(), request.consumer(), worstCase(price, prompt, maxTokens));
        if (decision instanceof HoldDecision.InsufficientFunds poor
                && request.chat().maxTokens().isEmpty()) {
            maxTokens = affordable(poor.available(), price, prompt, maxTokens);
            if (maxTokens >= LEAST_COMPLETION) {
                decision = ledger.hold(request.id(), request.consumer(), worstCase(price, prompt, maxTokens));
            }
        }
        return switch (decision) {
            case HoldDecision.Held held -> run(request, prompt, maxTokens, answer);
            case HoldDecision.InsufficientFunds poor ->
                refuse(answer, Refusals.balanceEmpty(poor.available(), poor.needed()));
            case HoldDecision.UnknownAccount unknown ->
                refuse(answer, Refusals.balanceEmpty(Credits.ZERO, price.cost(prompt, maxTokens)));
            case HoldDecision.Unavailable unavailable -> refuse(answer, Refusals.ledgerUnavailable());
            case HoldDecision.AlreadyUsed used -> throw new IllegalStateException(used.reason());
        };
    }

    private Optional<Job> run(JobRequest request, int prompt, int maxTokens, Answer answer) {
        Job job = new Job(this, request, prompt, maxTokens, answer);
        running.add(job);
        job.dispatch();
        return running.contains(job) ? Optional.of(job) : Optional.empty();
    }

    /** Each host's part is rounded by itself, by at most half a nano-dollar. */
    private static Credits worstCase(TokenPrice price, int promptTokens, int maxTokens) {
        return price.cost(promptTokens, maxTokens).plus(ROUNDING);
    }

    private static Optional<Job> refuse(Answer answer, ApiError error) {
        answer.fail(error, Answer.Finish.NOTHING);
        return Optional.empty();
    }

    /** How many completion tokens the balance covers beside the prompt. */
    private static int affordable(Credits balance, TokenPrice price, int promptTokens, int wanted) {
        long left = balance.nanoDollars() - price.cost(promptTokens, 0).nanoDollars();
        long perMillion = price.completionPerMillion().nanoDollars();
        if (left <= 0 || perMillion == 0) return 0;
        double tokens = left * 1e6 / perMillion;
        return (int) Math.min(wanted, Math.floor(tokens) - 1);
    }

    private int longestContext(ModelDigest digest) {
        int longest = 0;
        for (ServedModel served : registry.serving(digest)) longest = Math.max(longest, served.contextLength());
        return longest;
    }

    /** A few times a second: moves jobs whose hosts are too slow. */
    public void checkDeadlines() {
        for (Job job : List.copyOf(running)) job.checkDeadlines(limits);
    }

    /** Jobs that are not over, or not paid yet. */
    public int open() {
        return running.size() + settling;
    }

    /** Ends every running job with an error to its consumer; what was received is paid. */
    public void stopAll() {
        for (Job job : List.copyOf(running)) job.stop();
    }

    // What hosts say. A message about a job that is over is of no interest: it crossed a cancel on its way.

    @Override
    public void started(HostConnection host, FromHost.JobStarted message) {
        Job job = find(host, message.stream());
        if (job != null) job.started(message);
    }

    @Override
    public void tokens(HostConnection host, TokenFrame frame) {
        Job job = find(host, frame.stream());
        if (job != null) job.tokens(frame);
    }

    @Override
    public void finished(HostConnection host, FromHost.JobFinished message) {
        Job job = find(host, message.stream());
        if (job != null) job.finished(message);
    }

    @Override
    public void failed(HostConnection host, FromHost.JobFailed message) {
        Job job = find(host, message.stream());
        if (job != null) job.failed(message);
    }

    /** A host that was away when it was paid gets its receipts now. */
    @Override
    public void hostJoined(HostConnection host) {
        undelivered.takeFor(host.id()).forEach(this::deliver);
    }

    @Override
    public void hostLost(HostConnection host) {
        Map<Long, Job> lost = byStream.getOrDefault(host, Map.of());
        for (Job job : List.copyOf(lost.values())) job.hostLost();
        byStream.remove(host);
    }

    private Job find(HostConnection host, long stream) {
        Map<Long, Job> jobs = byStream.get(host);
        return jobs == null ? null : jobs.get(stream);
    }

    // What jobs need.

    Router router() {
        return router;
    }

    JobLimits limits() {
        return limits;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    List<ServedModel> serving(ModelDigest digest) {
        return registry.serving(digest);
    }

    /** The host that answered this conversation last, when it has more than one turn. */
    Optional<HostId> affinity(JobRequest request) {
        if (request.chat().messages().size() < 3) return Optional.empty();
        return Optional.ofNullable(lastHost.get(request.conversationKey()));
    }

    void remember(JobRequest request, HostId host) {
        lastHost.put(request.conversationKey(), host);
    }

    void register(Job job, HostConnection host, long stream) {
        byStream.computeIfAbsent(host, any -> new HashMap<>()).put(stream, job);
    }

    void unregister(HostConnection host, long stream) {
        Map<Long, Job> jobs = byStream.get(host);
        if (jobs == null) return;
        jobs.remove(stream);
        if (jobs.isEmpty()) byStream.remove(host);
    }

    /** Pays for a job that is over; the receipts go to its hosts once nothing can undo them. */
    void ended(Job job, List<Job.PaidSegment> segments) {
        running.remove(job);
        JobRequest request = job.request();
        if (segments.isEmpty()) {
            ledger.release(request.id(), ReleaseReason.NOTHING_DELIVERED);
            return;
        }
        settling++;
        blocking.execute(() -> ledger.settle(settlement(request, segments))
                .whenComplete((done, failure) -> loop.execute(() -> {
                    settling--;
                    if (failure != null) {
                        log.error("Job {} could not be settled", request.id(), failure);
                    } else {
                        done.receipts().forEach(this::deliver);
                    }
                })));
    }

    private Settlement settlement(JobRequest request, List<Job.PaidSegment> segments) {
        ModelManifest model = request.model();
        return new Settlement(
                request.id(),
                request.consumer(),
                segments.stream()
                        .map(each -> new Settlement.Segment(
                                each.host().key(),
                                model.id(),
                                model.digest(),
                                each.promptTokens(),
                                each.completionTokens(),
                                model.price(),
                                new RevenueSplit(split.networkBasisPoints(), model.royaltyBasisPoints()),
                                model.creator(),
                                each.deliveryHash(),
                                each.hostSignature().filter(signature -> signed(request, each, signature))))
                        .toList());
    }

    /** A signature that does not fit stays out of the receipt, and counts against the host. */
    private boolean signed(JobRequest request, Job.PaidSegment segment, String signature) {
        DeliveryStatement statement = new DeliveryStatement(
                request.id(), request.model().digest(), segment.completionTokens(), segment.deliveryHash());
        boolean fits;
        try {
            fits = segment.host()
                    .key()
                    .verifies(statement.message(), Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            fits = false;
        }
        if (!fits) {
            log.warn("Host {} signed another delivery of job {} than was relayed", segment.host(), request.id());
            loop.execute(segment.host()::jobFaulted);
        }
        return fits;
    }

    private void deliver(Receipt receipt) {
        registry.host(receipt.host())
                .ifPresentOrElse(
                        host -> host.send(new FromOrchestrator.ReceiptIssued(receipt)),
                        () -> undelivered.keep(receipt));
    }

    /** Tells a host which prompts may share a cache, and nothing about whose they are. */
    String cacheScope(AccountId consumer) {
        return cacheScopes.of(consumer);
    }
}
