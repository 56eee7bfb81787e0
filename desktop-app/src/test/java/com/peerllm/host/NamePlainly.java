package com.peerllm.host;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.regex.Pattern;

/** A class is named after what it is, not after a pattern. */
final class NamePlainly extends ArchCondition<JavaClass> {
    private static final Pattern EMPTY_WORDS = Pattern.compile("(Manager|Helper|Utils?|Impl)$|^Abstract.*|.*Base$");

    NamePlainly() {
        super("have a name without Manager, Helper, Util, Impl, Abstract or Base");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        if (EMPTY_WORDS.matcher(item.getSimpleName()).find()) {
            events.add(SimpleConditionEvent.violated(item, item.getName() + " is named after a pattern"));
        }
    }
}
