package com.peerllm.desktop.models;

import com.peerllm.host.HostModel;
import com.peerllm.host.HostModels;
import com.peerllm.host.catalog.CatalogArchitecture;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.CatalogVariant;
import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.catalog.FitAdvice.Badge;
import com.peerllm.host.catalog.FitReason;
import com.peerllm.host.catalog.FitReason.Pace;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.Speed;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Download.State;
import com.peerllm.host.modelstore.Downloads;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.modelstore.StoredModel.Presence;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.gguf.Attention;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.ModelKind;
import com.peerllm.shared.gguf.ModelShape;
import com.peerllm.shared.gguf.Pooling;
import com.peerllm.shared.gguf.Tokenizer;
import com.peerllm.shared.gguf.Weights;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Models, downloads and a catalogue whose state the test sets, and which write down what was asked of them. */
public final class StagedModels implements HostModels {
    private static final Path FOLDER = Path.of("/home/ada/.local/share/peerllm/models");
    private static final String HUB = "https://huggingface.co/";

    public final Signal<List<HostModel>> models = new Signal<>(List.of());
    public final Signal<List<Download>> downloads = new Signal<>(List.of());
    public final Signal<List<CatalogOffer>> catalog = new Signal<>(List.of());
    public final Signal<Optional<RecentPay>> recentPay = new Signal<>(Optional.empty());
    public final AtomicInteger recentPayAsked = new AtomicInteger();
    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    public volatile Optional<HostException> refusal = Optional.empty();
    public volatile Optional<Cancellation> measuring = Optional.empty();
    /** What happens while a file is read. */
    public volatile HashReading reading = (progress, cancellation) -> {};

    /** Stands in for the reading of a file. */
    public interface HashReading {
        void read(HashProgress progress, Cancellation cancellation);
    }

    public ModelsSource source() {
        return new ModelsSource(
                this,
                new StagedDownloads(),
                catalog,
                new Signal<>(Instant.parse("2026-11-23T12:00:00Z")),
                StagedModels::order,
                recentPay,
                recentPayAsked::incrementAndGet,
                folder -> ask("folder " + folder),
                page -> ask("page " + page));
    }

    private static Downloads.Order order(CatalogModel model, CatalogVariant variant) {
        return new Downloads.Order(
                variant.file().replace(".gguf", ""),
                URI.create(HUB + model.repository() + "/resolve/main/" + variant.file()),
                variant.sizeBytes(),
                variant.digest(),
                Optional.empty());
    }

    private void ask(String what) {
        asked.add(what);
        if (refusal.isPresent()) throw refusal.get();
    }

    // What the host does

    @Override
    public Signal<List<HostModel>> all() {
        return models;
    }

    @Override
    public StoredModel take(Path file, boolean copy, HashProgress progress, Cancellation cancellation) {
        ask((copy ? "copy " : "take ") + file.getFileName());
        reading.read(progress, cancellation);
        String name = file.getFileName().toString().replace(".gguf", "");
        Optional<HostModel> known = models.get().stream()
                .filter(model -> model.file().name().equals(name))
                .findFirst();
        if (known.isPresent()) return known.get().file();
        HostModel taken = model(name, 468_000_000, "Q4_K_M", 32_768, great(620_000_000L, 0));
        add(taken);
        return taken.file();
    }

    @Override
    public void offer(String name, boolean onNetwork) {
        ask((onNetwork ? "offer " : "keep ") + name);
        change(
                name,
                m -> new HostModel(m.file(), m.facts(), m.state(), onNetwork, m.pinned(), m.ask(), m.run(), m.fit()));
    }

    @Override
    public void pin(String name, boolean pinned) {
        ask((pinned ? "pin " : "unpin ") + name);
        change(
                name,
                m -> new HostModel(m.file(), m.facts(), m.state(), m.onNetwork(), pinned, m.ask(), m.run(), m.fit()));
    }

    @Override
    public void ask(String name, Optional<TokenPrice> ask) {
        ask("price " + name + " " + ask.map(Object::toString).orElse("of the network"));
        change(
                name,
                m -> new HostModel(m.file(), m.facts(), m.state(), m.onNetwork(), m.pinned(), ask, m.run(), m.fit()));
    }

    @Override
    public void load(String name) {
        ask("load " + name);
    }

    @Override
    public void unload(String name) {
        ask("unload " + name);
    }

    @Override
    public Speed measure(String name, Cancellation cancellation) {
        measuring = Optional.of(cancellation);
        ask("measure " + name);
        cancellation.check();
        return new Speed(812, 42.1, 96.3);
    }

    @Override
    public void delete(String name) {
        ask("delete " + name);
        models.set(models.get().stream()
                .filter(model -> !model.file().name().equals(name))
                .toList());
    }

    @Override
    public void moveTo(Path folder, HashProgress progress, Cancellation cancellation) {
        ask("move to " + folder);
    }

    /** The downloads of the same computer. */
    private final class StagedDownloads implements Downloads {
        @Override
        public Signal<List<Download>> all() {
            return downloads;
        }

        @Override
        public String fetch(Downloads.Order order) {
            StagedModels.this.ask("fetch " + order.from());
            return order.name();
        }

        @Override
        public void pause(String id) {
            StagedModels.this.ask("pause " + id);
        }

        @Override
        public void resume(String id) {
            StagedModels.this.ask("resume " + id);
        }

        @Override
        public void cancel(String id) {
            StagedModels.this.ask("cancel " + id);
            downloads.set(downloads.get().stream()
                    .filter(each -> !each.id().equals(id))
                    .toList());
        }
    }

    // What there is

    public void reset() {
        models.set(List.of());
        downloads.set(List.of());
        catalog.set(List.of());
        asked.clear();
        refusal = Optional.empty();
    }

    public void hasTheStarter() {
        models.set(List.of(offered(starter())));
    }

    public void hasSeveral() {
        models.set(List.of(
                loaded(pinned(offered(model(
                        "qwen2.5-7b-instruct-q4_k_m", 4_683_073_952L, "Q4_K_M", 32_768, great(6100_000_000L, 11.2))))),
                priced(offered(model(
                        "llama-3.2-3b-instruct-q4_k_m",
                        2_019_377_696L,
                        "Q4_K_M",
                        131_072,
                        great(2900_000_000L, 24.3)))),
                model(
                        "mistral-small-24b-instruct-2501-q4_k_m",
                        14_333_910_560L,
                        "Q4_K_M",
                        32_768,
                        tooBig(16_000_000_000L, 11_000_000_000L)),
                loading(offered(
                        model("gemma-2-9b-it-q4_k_m", 5_761_057_728L, "Q4_K_M", 8_192, slow(7400_000_000L, 4.1)))),
                offered(starter())));
    }

    public void downloadsSeveral() {
        hasTheStarter();
        downloads.set(List.of(
                download(
                        "qwen2.5-7b-instruct-q4_k_m",
                        4_683_073_952L,
                        1_871_204_352L,
                        new State.Running(11_400_000, Optional.of(Duration.ofSeconds(246)))),
                download("llama-3.2-3b-instruct-q4_k_m", 2_019_377_696L, 0, new State.Waiting()),
                download("smollm2-1.7b-instruct-q4_k_m", -1, 0, new State.Asking()),
                download(
                        "phi-3.5-mini-instruct-q4_k_m",
                        2_393_232_672L,
                        2_393_232_672L,
                        new State.Verifying(1_340_000_000L)),
                download("gemma-2-2b-it-q4_k_m", 1_708_582_752L, 612_000_000L, new State.PausedByPerson())));
    }

    public void isInTrouble() {
        models.set(List.of(
                missing(offered(model(
                        "qwen2.5-7b-instruct-q4_k_m",
                        4_683_073_952L,
                        "Q4_K_M",
                        32_768,
                        unknown(new FitReason.Unreadable())))),
                failed(offered(
                        model("gemma-2-9b-it-q4_k_m", 5_761_057_728L, "Q4_K_M", 8_192, slow(7400_000_000L, 4.1)))),
                changed(model("my-finetune", 1_117_320_736L, "Q4_K_M", 32_768, great(1900_000_000L, 0)))));
        downloads.set(List.of(
                download(
                        "llama-3.2-3b-instruct-q4_k_m",
                        2_019_377_696L,
                        820_000_000L,
                        new State.Failed("Not enough free disk: needs 1.2 GB more, has 610 MB. Free space or choose"
                                + " another folder, then try again.")),
                download(
                        "phi-3.5-mini-instruct-q4_k_m",
                        2_393_232_672L,
                        401_000_000L,
                        new State.Retrying(
                                "huggingface.co cannot be reached: there is no connection to the internet.",
                                Duration.ofSeconds(12)))));
    }

    public void has(int many) {
        List<HostModel> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            all.add(model(
                    String.format("model-%03d", i), 1_000_000_000L + i, "Q4_K_M", 32_768, great(1500_000_000L, 0)));
        }
        models.set(List.copyOf(all));
    }

    public void hasACatalog() {
        catalog.set(List.of(
                offer(
                        entry(
                                "qwen2.5-7b-instruct",
                                "Qwen2.5 7B Instruct",
                                "Qwen",
                                "Alibaba Cloud",
                                "A good all-round model for conversation, writing and code in many languages.",
                                "Apache-2.0",
                                variant("qwen2.5-7b-instruct-q4_k_m.gguf", "Q4_K_M", 4_683_073_952L),
                                variant("qwen2.5-7b-instruct-q8_0.gguf", "Q8_0", 8_098_525_600L)),
                        true,
                        great(6100_000_000L, 11.2),
                        slow(9800_000_000L, 5.1)),
                offer(
                        entry(
                                "smollm2-1.7b-instruct",
                                "SmolLM2 1.7B Instruct",
                                "SmolLM",
                                "Hugging Face",
                                "Small and quick; for short answers and summaries in English.",
                                "Apache-2.0",
                                variant("smollm2-1.7b-instruct-q4_k_m.gguf", "Q4_K_M", -1)),
                        false,
                        great(2200_000_000L, 0)),
                offer(
                        entry(
                                "llama-3.2-3b-instruct",
                                "Llama 3.2 3B Instruct",
                                "Llama",
                                "Meta",
                                "Follows instructions well for its size; long context.",
                                "Llama 3.2 Community License",
                                variant("Llama-3.2-3B-Instruct-Q4_K_M.gguf", "Q4_K_M", 2_019_377_696L),
                                variant("Llama-3.2-3B-Instruct-Q8_0.gguf", "Q8_0", 3_421_899_296L)),
                        false,
                        great(2900_000_000L, 24.3),
                        great(4400_000_000L, 14.1)),
                offer(
                        entry(
                                "mistral-small-24b-instruct-2501",
                                "Mistral Small 24B Instruct",
                                "Mistral",
                                "Mistral AI",
                                "Strong in reasoning and code; for large computers.",
                                "Apache-2.0",
                                variant("Mistral-Small-24B-Instruct-2501-Q4_K_M.gguf", "Q4_K_M", 14_333_910_560L)),
                        false,
                        tooBig(16_000_000_000L, 11_000_000_000L)),
                offer(
                        entry(
                                "granite-3.1-8b-instruct",
                                "Granite 3.1 8B Instruct",
                                "Granite",
                                "IBM",
                                "For business texts, summaries and retrieval.",
                                "Apache-2.0",
                                variant("granite-3.1-8b-instruct-Q4_K_M.gguf", "Q4_K_M", -1)),
                        false,
                        unknown(new FitReason.SizeUnread()))));
    }

    public void add(HostModel model) {
        List<HostModel> all = new ArrayList<>(models.get());
        all.add(model);
        all.sort(Comparator.comparing(each -> each.file().name()));
        models.set(List.copyOf(all));
    }

    public void change(String name, UnaryOperator<HostModel> change) {
        models.set(models.get().stream()
                .map(model -> model.file().name().equals(name) ? change.apply(model) : model)
                .toList());
    }

    public static HostModel starter() {
        return new HostModel(
                stored("sprout-1.4m-q8_0", 1_600_000, true, Presence.PRESENT),
                Optional.of(facts("llama", "Q8_0", 768)),
                new EngineState.Stopped(),
                false,
                false,
                Optional.empty(),
                Optional.of(run("sprout-1.4m-q8_0", 2_310.4)),
                great(120_000_000L, 2_310.4));
    }

    /** Local, not loaded, never measured. */
    public static HostModel model(String name, long bytes, String quantization, int context, FitAdvice fit) {
        return new HostModel(
                stored(name, bytes, !name.equals("my-finetune"), Presence.PRESENT),
                Optional.of(facts("qwen2", quantization, context)),
                new EngineState.Stopped(),
                false,
                false,
                Optional.empty(),
                fit.measured() ? Optional.of(run(name, fit.tokensPerSecond().getAsDouble())) : Optional.empty(),
                fit);
    }

    private static StoredModel stored(String name, long bytes, boolean madeHere, Presence presence) {
        Path folder = madeHere ? FOLDER : Path.of("/media/ada/models");
        return new StoredModel(name, digest(name), folder.resolve(name + ".gguf"), bytes, madeHere, presence);
    }

    static ModelDigest digest(String name) {
        return ModelDigest.of(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
    }

    public static HostModel offered(HostModel m) {
        return new HostModel(m.file(), m.facts(), m.state(), true, m.pinned(), m.ask(), m.run(), m.fit());
    }

    public static HostModel pinned(HostModel m) {
        return new HostModel(m.file(), m.facts(), m.state(), m.onNetwork(), true, m.ask(), m.run(), m.fit());
    }

    static HostModel priced(HostModel m) {
        TokenPrice price = new TokenPrice(Credits.parseDollars("0.05"), Credits.parseDollars("0.20"));
        return new HostModel(
                m.file(), m.facts(), m.state(), m.onNetwork(), m.pinned(), Optional.of(price), m.run(), m.fit());
    }

    static HostModel in(EngineState state, HostModel m) {
        return new HostModel(m.file(), m.facts(), state, m.onNetwork(), m.pinned(), m.ask(), m.run(), m.fit());
    }

    static HostModel loaded(HostModel m) {
        ModelRunRow run = run(m.file().name(), 11.2);
        return new HostModel(
                m.file(),
                m.facts(),
                new EngineState.Ready(new ModelFacts(
                        "qwen2 7B Q4_K - Medium",
                        "qwen2",
                        7_620_000_000L,
                        m.file().sizeBytes(),
                        152_064,
                        32_768,
                        4_096,
                        4,
                        4,
                        -1,
                        151_645,
                        TemplateSource.values()[0],
                        4_210,
                        List.of("chat"),
                        OptionalInt.empty(),
                        List.of())),
                m.onNetwork(),
                m.pinned(),
                m.ask(),
                Optional.of(run),
                m.fit());
    }

    static HostModel loading(HostModel m) {
        return in(new EngineState.Starting(), m);
    }

    static HostModel failed(HostModel m) {
        return in(
                new EngineState.Failed(
                        EngineErrorCode.NOT_ENOUGH_MEMORY,
                        "Not enough memory: needs 7.4 GB, 5.2 GB are free. Choose a smaller model, or close other"
                                + " programs."),
                m);
    }

    static HostModel missing(HostModel m) {
        return lying(m, Presence.MISSING, Optional.empty());
    }

    static HostModel changed(HostModel m) {
        return lying(m, Presence.CHANGED, m.facts());
    }

    private static HostModel lying(HostModel m, Presence presence, Optional<GgufFacts> facts) {
        StoredModel file = m.file();
        return new HostModel(
                new StoredModel(file.name(), file.digest(), file.path(), file.sizeBytes(), file.madeHere(), presence),
                facts,
                m.state(),
                m.onNetwork(),
                m.pinned(),
                m.ask(),
                m.run(),
                m.fit());
    }

    /** @param speed expected; 0 when nobody can tell */
    static FitAdvice great(long memoryBytes, double speed) {
        return runs(Badge.GREAT, memoryBytes, speed);
    }

    private static FitAdvice slow(long memoryBytes, double speed) {
        return runs(Badge.SLOW, memoryBytes, speed);
    }

    private static FitAdvice runs(Badge badge, long memoryBytes, double speed) {
        OptionalDouble expected = speed == 0 ? OptionalDouble.empty() : OptionalDouble.of(speed);
        Pace pace = speed == 0 ? Pace.SURELY_QUICK : Pace.ESTIMATED;
        return new FitAdvice(badge, new FitReason.Runs(memoryBytes, false, 4, pace, expected), expected, false);
    }

    static FitAdvice tooBig(long needed, long usable) {
        return new FitAdvice(Badge.TOO_BIG, new FitReason.TooBig(needed, usable, false), OptionalDouble.empty(), false);
    }

    private static FitAdvice unknown(FitReason reason) {
        return new FitAdvice(Badge.UNKNOWN, reason, OptionalDouble.empty(), false);
    }

    private static ModelRunRow run(String name, double speed) {
        return new ModelRunRow(
                digest(name),
                "this computer",
                "b0",
                4,
                512,
                0,
                speed * 12,
                speed,
                speed * 2.4,
                4_210,
                List.of("chat"),
                true,
                0);
    }

    private static GgufFacts facts(String architecture, String quantization, int context) {
        return new GgufFacts(
                3,
                architecture,
                ModelKind.CHAT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                quantization,
                new Weights(7_620_000_000L, 339, OptionalLong.of(4_683_000_000L), Optional.empty(), List.of()),
                new ModelShape(28, 0, 3_584, 18_944, context, 152_064, 0, 0, 0, OptionalDouble.empty()),
                new Attention(
                        List.of(28),
                        List.of(4),
                        128,
                        128,
                        128,
                        128,
                        OptionalInt.empty(),
                        new Attention.SlidingPattern.Unstated(),
                        0,
                        false,
                        false),
                new Tokenizer(Optional.of("gpt2"), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                Pooling.NONE,
                Optional.empty());
    }

    /** @param bytes negative while they are not known */
    public static Download download(String name, long bytes, long received, State state) {
        return new Download(
                name,
                name,
                URI.create(HUB + "owner/" + name + "/resolve/main/" + name + ".gguf"),
                FOLDER.resolve(name + ".gguf"),
                bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes),
                Optional.empty(),
                received,
                state);
    }

    private static CatalogOffer offer(CatalogModel model, boolean recommended, FitAdvice... advice) {
        return new CatalogOffer(model, List.of(advice), recommended);
    }

    private static CatalogModel entry(
            String id,
            String name,
            String family,
            String publisher,
            String about,
            String licence,
            CatalogVariant... variants) {
        return new CatalogModel(
                id,
                name,
                family,
                publisher,
                about,
                licence,
                "https://example.org/licences/" + id,
                "owner/" + id,
                new CatalogArchitecture(
                        "qwen2",
                        7_620_000_000L,
                        7_620_000_000L,
                        28,
                        3_584,
                        18_944,
                        28,
                        4,
                        128,
                        32_768,
                        152_064,
                        0,
                        "chat"),
                List.of(variants));
    }

    /** @param bytes negative while they were not read */
    private static CatalogVariant variant(String file, String quantization, long bytes) {
        return bytes < 0
                ? new CatalogVariant(file, quantization, OptionalLong.empty(), Optional.empty())
                : new CatalogVariant(
                        file, quantization, OptionalLong.of(bytes), Optional.of(digest(file.replace(".gguf", ""))));
    }
}
