/** What measurements run on: the embedded stack, the pipeline, load, and meters of time. */
package io.quantumtrader.bench.run;
