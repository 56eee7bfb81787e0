package com.peerllm.shared.gguf;

import com.peerllm.shared.gguf.CacheRule.Full;
import com.peerllm.shared.gguf.CacheRule.Nothing;
import com.peerllm.shared.gguf.CacheRule.Sliding;
import com.peerllm.shared.gguf.CacheRule.Unknown;
import com.peerllm.shared.gguf.CacheRule.Window;
import java.util.Set;

/** The rule of each architecture; one that is not listed is unknown, because a wrong figure is worse than none. */
final class CacheRules {
    private static final Set<String> FULL = Set.of(
            "apertus",
            "arcee",
            "arctic",
            "baichuan",
            "bailingmoe",
            "bailingmoe2",
            "bitnet",
            "bloom",
            "chatglm",
            "codeshell",
            "cogvlm",
            "command-r",
            "dbrx",
            "deci",
            "deepseek",
            "dots1",
            "ernie4_5",
            "ernie4_5-moe",
            "exaone",
            "falcon",
            "gemma",
            "glm4",
            "glm4moe",
            "gpt2",
            "gptneox",
            "granite",
            "granitemoe",
            "grovemoe",
            "hunyuan-dense",
            "hunyuan-moe",
            "hunyuan_vl",
            "hy_v3",
            "internlm2",
            "jais",
            "jais2",
            "llama",
            "llama-embed",
            "maincoder",
            "minicpm",
            "minicpm3",
            "minimax-m2",
            "mistral3",
            "mpt",
            "nanbeige",
            "nemotron",
            "olmo",
            "olmoe",
            "openelm",
            "orion",
            "paddleocr",
            "pangu-embedded",
            "phi2",
            "phi3",
            "phimoe",
            "plamo",
            "qwen",
            "qwen2",
            "qwen2moe",
            "qwen2vl",
            "qwen3",
            "qwen3moe",
            "qwen3vl",
            "qwen3vlmoe",
            "refact",
            "seed_oss",
            "smollm3",
            "stablelm",
            "starcoder",
            "starcoder2",
            "talkie",
            "xverse");

    private static final Set<String> RECURRENT = Set.of(
            "arwkv7",
            "bailingmoe3",
            "falcon-h1",
            "granitehybrid",
            "jamba",
            "kimi-k3",
            "kimi-linear",
            "lfm2",
            "lfm2moe",
            "mamba",
            "mamba2",
            "minimax-01",
            "nemotron_h",
            "nemotron_h_moe",
            "plamo2",
            "qwen35",
            "qwen35moe",
            "qwen3next",
            "qwen4exp",
            "rwkv6",
            "rwkv6qwen2",
            "rwkv7");

    private static final Set<String> LATENT = Set.of(
            "deepseek2", "deepseek2-ocr", "deepseek32", "deepseek4", "dots3note", "glm-dsa", "hy_v4", "mistral4");

    private CacheRules() {}

    static CacheRule of(GgufFacts facts) {
        String architecture = facts.architecture();
        if (ModelKind.isEncoder(architecture)) return new Nothing();
        if (LATENT.contains(architecture) || facts.attention().latent())
            return unknown("compresses its keys and values (multi-head latent attention)");
        if (RECURRENT.contains(architecture)) return unknown("keeps a recurrent state instead of, or beside, a cache");
        if (facts.attention().looped()) return unknown("passes its layers several times");
        if (FULL.contains(architecture)) return new Full();
        return sliding(facts);
    }

    private static CacheRule sliding(GgufFacts facts) {
        return switch (facts.architecture()) {
            case "gemma2" -> Sliding.oneFullIn(2, Window.statedOr(4096));
            case "gemma3" -> Sliding.oneFullIn(6, Window.STATED_OR_NONE);
            case "gemma3n" -> Sliding.oneFullIn(5, Window.STATED).caching(20);
            case "gemma4" ->
                Sliding.listed(Window.STATED)
                        .caching(facts.shape().layers() - facts.attention().sharedCacheLayers());
            case "gpt-oss" -> Sliding.oneFullIn(2, Window.STATED);
            case "cohere2", "muse-glimmer" -> Sliding.oneFullIn(4, Window.STATED);
            case "cohere2moe" -> Sliding.oneFullIn(4, Window.STATED).startingFull();
            case "exaone-moe" -> Sliding.oneFullIn(4, Window.STATED);
            // llama.cpp tells the two sizes of EXAONE 4 apart by their layers; only the large one slides.
            case "exaone4" -> facts.shape().layers() == 64 ? Sliding.oneFullIn(4, Window.statedOr(4096)) : new Full();
            case "afmoe", "mellum", "olmo2" -> Sliding.oneFullIn(4, Window.STATED_OR_NONE);
            case "laguna" -> Sliding.oneFullIn(4, Window.STATED_OR_NONE).startingFull();
            case "plamo3" -> Sliding.oneFullIn(8, Window.STATED_OR_NONE);
            case "smallthinker" ->
                Sliding.oneFullIn(4, Window.fixedIfStated(4096)).startingFull();
            case "llama4" -> Sliding.oneFullIn(4, Window.fixedUnlessZero(8192));
            case "granite_swa", "maple", "mimo2", "spark2_5", "step35" -> Sliding.listed(Window.STATED);
            default -> unknown("is of a kind that this version of PeerLLM does not know");
        };
    }

    private static Unknown unknown(String why) {
        return new Unknown("The model " + why);
    }
}
