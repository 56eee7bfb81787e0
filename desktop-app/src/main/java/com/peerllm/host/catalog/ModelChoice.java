package com.peerllm.host.catalog;

import com.peerllm.host.catalog.FitAdvice.Badge;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one published model and variant that a person without a wish should begin with on this computer. Pure.
 *
 * <p>Among the chat models that run at reading speed the one with the most parameters, in the variant that its entry names
 * first among those that do; of equals the first in the catalogue. When none is known to be quick, the smallest that runs.
 */
public record ModelChoice(CatalogModel model, CatalogVariant variant, FitAdvice advice) {

    public static Optional<ModelChoice> of(Catalog catalog, Advisor advisor) {
        List<ModelChoice> chat = catalog.models().stream()
                .filter(model -> !model.architecture().kind().equals(CatalogArchitecture.EMBEDDING))
                .flatMap(model -> model.variants().stream()
                        .map(variant -> new ModelChoice(model, variant, advisor.of(model, variant))))
                .toList();
        Optional<ModelChoice> great = firstOfEach(chat, Badge.GREAT)
                .sorted(Comparator.comparingLong(ModelChoice::parameters).reversed())
                .findFirst();
        return great.or(() -> Stream.of(Badge.SLOW, Badge.UNKNOWN)
                .flatMap(badge -> firstOfEach(chat, badge).sorted(Comparator.comparingLong(ModelChoice::parameters)))
                .findFirst());
    }

    private static Stream<ModelChoice> firstOfEach(List<ModelChoice> all, Badge badge) {
        Function<ModelChoice, String> id = choice -> choice.model().id();
        return all.stream()
                .filter(choice -> choice.advice().badge() == badge)
                .collect(Collectors.toMap(id, Function.identity(), (first, later) -> first, LinkedHashMap::new))
                .values()
                .stream();
    }

    private long parameters() {
        return model.architecture().parameters();
    }
}
