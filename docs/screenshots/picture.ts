import type { Sample, Vendor } from './business';

/** Values of a resource mapper; the live fields around them come from the vendor, as in the editor. */
export interface Mapped {
	parameter: string;
	method: string;
	values: Record<string, string>;
}

export interface PictureNode {
	/** As it is written under the node. */
	name: string;
	/** Without the package; n8n's own have theirs in front. */
	type: string;
	typeVersion?: number;
	vendor?: Vendor;
	parameters?: Record<string, unknown>;
	settings?: Record<string, unknown>;
	mapped?: Mapped;
}

/** How the three parts of a node's panel share the width, in percent. */
export interface Parts {
	left: number;
	main: number;
	right: number;
}

interface Common {
	/** Without .png; a file of docs/images. All come out equally wide. */
	file: string;
}

/** The panel of a node, filled in; run over the items that come before it when `run` is set. */
export interface PanelPicture extends Common {
	kind: 'panel';
	/** CSS pixels at least; without it as many as its content needs. */
	height?: number;
	node: PictureNode;
	/** The items that come in. */
	sample?: Sample;
	run?: boolean;
	/** Run as well, and refused: the output says why. */
	fails?: boolean;
	output?: 'table' | 'json' | 'schema';
	parts?: Parts;
	/** What of the panel is shown; all of it unless said otherwise. */
	crop?: 'output';
	/** CSS pixels across, where 1280 are too few. */
	across?: number;
	/** A drop-down to leave open: the ways of naming a target. */
	openModes?: string;
}

/** The dialog of a new connection, filled in and not saved. */
export interface DialogPicture extends Common {
	kind: 'dialog';
	node: { name: string; type: string };
	choices?: Record<string, string>;
	values: Record<string, string>;
	/** Values to save first, which the vendor refuses; the picture shows why. */
	refused?: Record<string, string>;
}

/** A canvas: a file of workflows/, or nodes in a row that are run once over the sample. */
export interface CanvasPicture extends Common {
	kind: 'canvas';
	workflow: string | { sample: Sample; nodes: PictureNode[] };
}

/** The list of nodes after typing some words. */
export interface CreatorPicture extends Common {
	kind: 'creator';
	/** CSS pixels. */
	height: number;
	words: string;
}

export type Picture = PanelPicture | DialogPicture | CanvasPicture | CreatorPicture;
