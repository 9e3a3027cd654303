/** The parts of the pipeline, built the same for one process and for services of their own. */
package io.quantumtrader.app.parts;
