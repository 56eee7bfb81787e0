package com.peerllm.shared.identity;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Turns an id into a name that people can remember and compare, such as {@code quiet-otter-7f3a}. */
final class Pseudonym {
    private static final String[] ADJECTIVES =
            ("amber ample brave brisk calm clear cosy crisp dapper eager early fair fleet fond frank fresh gentle glad"
                            + " golden grand green hardy hazel humble jolly keen kind light lively lucky mellow merry mild"
                            + " misty neat nimble noble olive plain plucky polite proud quick quiet rapid ready royal ruby"
                            + " sage silver snug solid spry steady sunny swift tidy true vivid warm wise witty young")
                    .split(" ");
    private static final String[] ANIMALS =
            ("ant badger bat bear beaver bee bison boar buck camel carp cat cod crab crane crow deer dove duck eagle eel"
                            + " elk falcon finch fox frog gecko goat goose hare hawk hen heron ibis jay koala lark lion lynx"
                            + " mole moose mouse newt otter owl panda pike pony puma quail ram raven robin seal shrew snail"
                            + " stork swan tern tiger toad trout wolf wren")
                    .split(" ");

    private Pseudonym() {}

    static String of(String id) {
        byte[] hash = Sha256.of(("pseudonym " + id).getBytes(StandardCharsets.UTF_8));
        return ADJECTIVES[Byte.toUnsignedInt(hash[0]) % ADJECTIVES.length] + "-"
                + ANIMALS[Byte.toUnsignedInt(hash[1]) % ANIMALS.length] + "-"
                + HexFormat.of().formatHex(hash, 2, 4);
    }
}
