package com.peerllm.host.engine.jinja;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** A parsed template, ready to be rendered any number of times, from any thread. */
public final class Template {
    private final List<Node> nodes;

    private Template(List<Node> nodes) {
        this.nodes = nodes;
    }

    /** @throws TemplateException of kind {@code SYNTAX} when the source is not a template that is known here */
    public static Template parse(String source) {
        try {
            return new Template(Parser.parse(source));
        } catch (StackOverflowError e) {
            throw TemplateException.syntax("The template is nested too deeply.");
        }
    }

    /**
     * Renders the template.
     *
     * @param variables texts, {@code Long}, {@code Double}, {@code Boolean}, {@link Nothing}, lists and maps of these
     * @param now what {@code strftime_now} tells
     * @throws TemplateException when the template fails, refuses, or spends more than it may
     */
    public String render(Map<String, Object> variables, LocalDateTime now) {
        Budget budget = new Budget();
        Scope scope = new Scope(new Globals(budget, now).all());
        variables.forEach(scope::set);
        try {
            return new Interpreter(budget).run(nodes, scope);
        } catch (StackOverflowError e) {
            throw TemplateException.limit("The template is nested too deeply.");
        }
    }
}
