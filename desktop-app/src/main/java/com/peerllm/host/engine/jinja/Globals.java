package com.peerllm.host.engine.jinja;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every chat template can call, and today's date in the two forms that templates take it in. */
final class Globals {
    private final Budget budget;
    private final LocalDateTime now;

    Globals(Budget budget, LocalDateTime now) {
        this.budget = budget;
        this.now = now;
    }

    Map<String, Object> all() {
        Map<String, Object> functions = new HashMap<>();
        functions.put("range", (Callable) this::range);
        functions.put("namespace", (Callable) a -> new Namespace(fields(a)));
        functions.put("dict", (Callable) this::fields);
        functions.put("raise_exception", (Callable) a -> {
            throw new TemplateException(TemplateException.Kind.RAISED, a.text(0, "message", ""));
        });
        functions.put("date_string", Strftime.format("%d %b %Y", now));
        functions.put("datetime", Strftime.format("%b %d %Y", now));
        functions.put("strftime_now", (Callable) a -> Strftime.format(a.text(0, "format", ""), now));
        return functions;
    }

    private Map<String, Object> fields(CallArguments arguments) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Object given : arguments.positional())
            if (given instanceof Map<?, ?> map) map.forEach((key, value) -> fields.put(PyText.str(key), value));
        fields.putAll(arguments.named());
        return fields;
    }

    private List<Object> range(CallArguments arguments) {
        boolean one = arguments.count() < 2;
        long from = one ? 0 : PyValues.integer(arguments.require(0, "start"));
        long to = PyValues.integer(arguments.require(one ? 0 : 1, "stop"));
        long step = arguments.number(2, "step", 1);
        if (step == 0) throw TemplateException.runtime("A range cannot have the step 0.");
        List<Object> numbers = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            if (numbers.size() == Budget.LONGEST_RANGE)
                throw TemplateException.limit("A range has more than " + Budget.LONGEST_RANGE + " numbers.");
            budget.step();
            numbers.add(i);
        }
        return numbers;
    }
}
