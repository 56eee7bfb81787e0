package com.peerllm.shared.audit;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.MerkleSum;
import com.peerllm.shared.transparency.TileBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the leaves that an honest orchestrator would: every signature is real and the balances are kept beside them. */
final class MadeLog {
    static final String ORIGIN = "peerllm.log/test";
    static final AccountId CREATOR = AccountId.of("creator", "carol");
    private static final ModelId MODEL = new ModelId("sprout");
    private static final ModelDigest DIGEST = new ModelDigest("ab".repeat(32));
    private static final TokenPrice PRICE = new TokenPrice(new Credits(500_000_000), new Credits(1_500_000_000));
    private static final RevenueSplit WITH_ROYALTY = new RevenueSplit(500, 1_000);

    final PeerIdentity orchestrator = PeerIdentity.generate();
    final List<PeerIdentity> hosts;
    final List<String> leaves = new ArrayList<>();
    private final TreeMap<AccountId, Long> balances = new TreeMap<>();
    private long millis = 1_795_381_795_236L;
    private long count;
    private final int signEvery;

    MadeLog(int hosts) {
        this(hosts, 1);
    }

    /** @param signEvery that one in so many payments has the host's signature, which takes longest to make and to check */
    MadeLog(int hosts, int signEvery) {
        this.signEvery = signEvery;
        this.hosts = java.util.stream.IntStream.range(0, hosts)
                .mapToObj(i -> PeerIdentity.generate())
                .toList();
    }

    /** Some of everything, with a state leaf at the beginning and after every {@code stateEvery} leaves. */
    static MadeLog of(int leaves, int stateEvery, boolean allSign) {
        MadeLog log = new MadeLog(3, allSign ? 1 : 10);
        log.fill(leaves, stateEvery);
        return log;
    }

    void fill(int size, int stateEvery) {
        while (leaves.size() < size) {
            int at = leaves.size();
            if (at % stateEvery == 0) state();
            else if (at % 50 == 1) topUp("ann", 10_000_000_000L);
            else if (at % 50 == 2) post("promo", mint(), person("promo", "ann"), 1_000);
            else if (at % 50 == 3) post("promo_spent", person("promo", "ann"), person("consumer", "ann"), 400);
            else if (at % 50 == 40) post("payout_sent", hostAccount(0), AccountId.of("payout", "batch"), 1_000);
            else if (at % 50 == 41) post("payout_paid", AccountId.of("payout", "batch"), mint(), 600);
            else if (at % 50 == 42) post("payout_returned", AccountId.of("payout", "batch"), hostAccount(0), 400);
            else pay("ann", at % hosts.size(), 10 + at % 7, 4 + at % 5, at % 4 == 0);
        }
    }

    AccountId hostAccount(int host) {
        return AccountId.ofHost(hosts.get(host).hostId());
    }

    private static AccountId mint() {
        return AccountId.of("mint", "credits");
    }

    private AccountId person(String kind, String name) {
        return AccountId.of(kind, name);
    }

    void topUp(String name, long amount) {
        post("top_up", mint(), person("consumer", name), amount);
    }

    void post(String cause, AccountId debit, AccountId credit, long amount) {
        count++;
        move(debit, -amount);
        move(credit, amount);
        leaves.add(new LogLeaf.Entry(tick(), cause, publicName(debit), publicName(credit), new Credits(amount)).text());
    }

    void pay(String consumer, int host, int prompt, int completion, boolean royalty) {
        count++;
        JobId job = new JobId("job_" + hex("job " + count).substring(0, 32));
        pay(job, 0, consumer, host, prompt, completion, royalty);
    }

    void pay(JobId job, int part, String consumer, int host, int prompt, int completion, boolean royalty) {
        PeerIdentity who = hosts.get(host);
        Credits charged = PRICE.cost(prompt, completion);
        RevenueSplit.Shares shares = (royalty ? WITH_ROYALTY : RevenueSplit.STANDARD).of(charged);
        String delivered = hex("delivered " + job + part);
        byte[] statement = new DeliveryStatement(job, DIGEST, completion, delivered).message();
        move(AccountId.of("consumer", consumer), -charged.nanoDollars());
        move(hostAccount(host), shares.host().nanoDollars());
        move(AccountId.of("network", "fees"), shares.network().nanoDollars());
        if (royalty) move(CREATOR, shares.creator().nanoDollars());
        leaves.add(new LogLeaf.Payment(
                        "test",
                        job,
                        part,
                        tick(),
                        HostId.of(who.publicKey()),
                        who.publicKey(),
                        MODEL,
                        DIGEST,
                        prompt,
                        completion,
                        PRICE,
                        charged,
                        shares.host(),
                        shares.network(),
                        shares.creator(),
                        royalty ? Optional.of(CREATOR) : Optional.empty(),
                        hex("consumer " + consumer + job),
                        delivered,
                        signs() ? Optional.of(base64(who.sign(statement))) : Optional.empty(),
                        orchestrator.publicKey())
                .text());
    }

    private boolean signs() {
        return count % 9 != 5 && count % signEvery == 0;
    }

    void state() {
        TreeMap<AccountId, Credits> tree = new TreeMap<>();
        Map<String, Long> kinds = new TreeMap<>();
        balances.forEach((account, balance) -> {
            kinds.merge(account.kind(), balance, Math::addExact);
            if (!account.kind().equals("mint")) tree.put(account, new Credits(balance));
        });
        MerkleSum sums = new MerkleSum(tree);
        leaves.add(new LogLeaf.State(
                        tick(),
                        kind(kinds, "consumer"),
                        kind(kinds, "promo"),
                        kind(kinds, "host"),
                        kind(kinds, "creator"),
                        kind(kinds, "network"),
                        kind(kinds, "payout"),
                        kind(kinds, "mint"),
                        sums.accounts(),
                        sums.root())
                .text());
    }

    private static Credits kind(Map<String, Long> kinds, String kind) {
        return new Credits(kinds.getOrDefault(kind, 0L));
    }

    long total(String kind) {
        return balances.entrySet().stream()
                .filter(account -> account.getKey().kind().equals(kind))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private AccountId publicName(AccountId account) {
        boolean person = account.kind().equals("consumer") || account.kind().equals("promo");
        return person ? AccountId.of(account.kind(), hex(account + " " + count)) : account;
    }

    private void move(AccountId account, long amount) {
        balances.merge(account, amount, Math::addExact);
    }

    private long tick() {
        return millis += 250;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The log of all leaves so far, signed. */
    MemoryFiles publish() {
        return publish(leaves);
    }

    /** What a dishonest orchestrator would publish: these leaves, with everything around them consistent. */
    MemoryFiles publish(List<String> texts) {
        MemoryFiles files = new MemoryFiles();
        TileBuilder tiles = new TileBuilder();
        for (String text : texts) tiles.append(text.getBytes(StandardCharsets.UTF_8));
        for (TileBuilder.Content content : tiles.takeAdded())
            files.put(content.tile().path(), content.bytes());
        files.put(
                "checkpoint",
                new Checkpoint(ORIGIN, tiles.size(), tiles.root())
                        .sign(orchestrator)
                        .bytes());
        return files;
    }
}
