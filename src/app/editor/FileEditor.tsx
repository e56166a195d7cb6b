/** A plain editor for a file of the machine: what `nano` opens. Saving is an input like any other, and can be undone by going back. */
import type { JSX } from 'react';
import { useEffect, useRef, useState } from 'react';
import { readText } from '../../kernel/fileSystem.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import type { Lab } from '../session/Lab.ts';
import { useWords } from '../i18n/useWords.ts';
import './fileEditor.css';

export interface FileEditorProps {
  readonly timeline: Timeline;
  /** Absolute. */
  readonly path: string;
  readonly onAct: Lab['act'];
  readonly onClose: () => void;
}

export function FileEditor({ timeline, path, onAct, onClose }: FileEditorProps): JSX.Element {
  const { editor } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState(() => readText(timeline.world.files, path) ?? '');
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const save = (): void => {
    onAct({ kind: 'changeFile', change: { kind: 'write', path, text } });
    dialog.current?.close();
  };
  return (
    <dialog className="file-editor" ref={dialog} onClose={onClose} aria-labelledby="file-editor-title">
      <h2 id="file-editor-title" className="mono">
        {path}
      </h2>
      <textarea
        aria-label={editor.label(path)}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (!event.ctrlKey || (event.key !== 's' && event.key !== 'o')) return;
          event.preventDefault();
          save();
        }}
      />
      <div className="row">
        <span className="caption dim grow">{editor.keys}</span>
        <button type="button" className="btn" onClick={() => dialog.current?.close()}>
          {editor.cancel}
        </button>
        <button type="button" className="btn primary" onClick={save}>
          {editor.save}
        </button>
      </div>
    </dialog>
  );
}
