package com.peerllm.shared.gguf;

import com.peerllm.shared.gguf.Attention.SlidingPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Applies an architecture's rule to a model's own figures. */
final class CacheLayouts {
    private CacheLayouts() {}

    static CacheLayout of(GgufFacts facts) {
        return switch (CacheRules.of(facts)) {
            case CacheRule.Full _ ->
                cells(facts, Integer.MAX_VALUE, 0, new boolean[facts.shape().layers()]);
            case CacheRule.Sliding rule -> sliding(facts, rule);
            case CacheRule.Nothing _ -> new CacheLayout.Nothing();
            case CacheRule.Unknown(String why) -> new CacheLayout.Unknown(why);
        };
    }

    private static CacheLayout sliding(GgufFacts facts, CacheRule.Sliding rule) {
        OptionalLong window = rule.window().tokens(facts.attention().slidingWindow());
        if (window.isEmpty()) return new CacheLayout.Unknown("The header does not say how wide its sliding window is");
        boolean[] slides = new boolean[facts.shape().layers()];
        if (window.getAsLong() == 0) return cells(facts, rule.cachedLayers(), 0, slides);
        switch (facts.attention().slidingPattern()) {
            case SlidingPattern.Listed(List<Boolean> listed) -> {
                if (listed.size() < slides.length) return unlisted();
                for (int i = 0; i < slides.length; i++) slides[i] = listed.get(i);
            }
            case SlidingPattern.OneFullIn _, SlidingPattern.Unstated _
            when rule.mustList() -> {
                return unlisted();
            }
            case SlidingPattern.OneFullIn(int n) -> repeat(slides, n, rule.fullFirst());
            case SlidingPattern.Unstated _ -> repeat(slides, rule.oneFullIn(), rule.fullFirst());
        }
        return cells(facts, rule.cachedLayers(), window.getAsLong(), slides);
    }

    private static CacheLayout unlisted() {
        return new CacheLayout.Unknown("The header does not say which layers have a sliding window");
    }

    private static void repeat(boolean[] slides, int oneFullIn, boolean fullFirst) {
        int full = fullFirst ? 0 : oneFullIn - 1;
        for (int i = 0; i < slides.length; i++) slides[i] = oneFullIn == 0 || i % oneFullIn != full;
    }

    private static CacheLayout cells(GgufFacts facts, int cachedLayers, long window, boolean[] slides) {
        Attention attention = facts.attention();
        int count =
                Math.min(cachedLayers, facts.shape().layers() - facts.shape().predictionLayers());
        List<CacheLayout.Layer> layers = new ArrayList<>(Math.max(count, 0));
        for (int i = 0; i < count; i++) {
            int keyLength = slides[i] ? attention.slidingKeyLength() : attention.keyLength();
            int valueLength = slides[i] ? attention.slidingValueLength() : attention.valueLength();
            long heads = attention.keyValueHeads().get(i);
            layers.add(
                    new CacheLayout.Layer(heads * keyLength, heads * valueLength, keyLength, valueLength, slides[i]));
        }
        if (layers.isEmpty()) return new CacheLayout.Unknown("The header leaves no layer to keep context in");
        return new CacheLayout.Cells(List.copyOf(layers), window);
    }
}
