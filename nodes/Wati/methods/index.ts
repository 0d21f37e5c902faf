export * from './campaigns';
export * from './chatbots';
export * from './channels';
export * from './teams';
export * from './templateParameters';
export * from './templates';
